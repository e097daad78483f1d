import { strict as assert } from "node:assert";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { projectFiles, projectName } from "../../cli/export/project";
import { firstCommands } from "../../cli/export/readme";
import { resourceNames } from "../../cli/export/resourceNames";
import { packageSpec } from "../../cli/ownPackage";
import { shellWord } from "../../cli/shellWord";

describe("names of exported resources", () => {
  it("are readable, and told apart", () => {
    assert.deepEqual(resourceNames(["Macro security", "macro  Security!", "", "!?"]), [
      "macro-security",
      "macro-security-2",
      "policy",
      "policy-2",
    ]);
  });

  it("keep the letters of every script, in one form", () => {
    assert.deepEqual(
      resourceNames([
        "Übung für Größen",
        "u\u0308bung FÜR größen",
        "マクロの設定（全員）",
        "Политика: макросы №2",
        "नीति सुरक्षा",
        "सु",
      ]),
      [
        "übung-für-größen",
        "übung-für-größen-2",
        "マクロの設定-全員",
        "политика-макросы-no2",
        "नीति-सुरक्षा",
        "सु",
      ],
    );
  });

  it("keep words apart that have no space between them", () => {
    assert.deepEqual(resourceNames(["Excel/Word: macros_2 (all)", "Contoso & Co", "Don’t ask"]), [
      "excel-word-macros-2-all",
      "contoso-co",
      "dont-ask",
    ]);
  });

  it("have nothing that cannot be seen", () => {
    assert.deepEqual(resourceNames(["a\u200bb", "\u3164", "\u202ec\ud800", "\u0301"]), [
      "ab",
      "policy",
      "c",
      "policy-2",
    ]);
  });

  it("are cut between words, or between characters where there is one word only", () => {
    const words = `${"word ".repeat(11)}longer`;
    const kana = "か\u3099".normalize("NFD").repeat(70);
    const marks = "सु".repeat(40);
    assert.deepEqual(resourceNames([words, words, kana, marks]), [
      Array(11).fill("word").join("-"),
      `${Array(11).fill("word").join("-")}-2`,
      "が".repeat(59),
      "सु".repeat(29),
    ]);
    assert.deepEqual(resourceNames(["x".repeat(100), "x".repeat(99)]), [
      "x".repeat(59),
      `${"x".repeat(57)}-2`,
    ]);
  });

  it("are unique and short, whatever the policies are called", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ minLength: 50 }));
    fc.assert(
      fc.property(fc.array(text), (names) => {
        const made = resourceNames([...names, ...names]);
        assert.equal(new Set(made).size, names.length * 2);
        for (const name of made) assert.match(name, /^\S{1,59}$/u);
      }),
    );
    assert.equal(new Set(resourceNames(["a", "a", "a-2", "a"])).size, 4);
  });
});

describe("the project of an exported program", () => {
  const options = {
    name: "Contoso",
    packageSpec: "file:../x.tgz",
    origin: "From a test.",
    steps: {
      stack: "Contoso",
      config: { tenantId: "1", endpoint: undefined, credential: "azureCli" },
      preview: "shows",
      up: "does",
    },
  };

  it("has a name that Pulumi and npm take", () => {
    assert.equal(projectName("Contoso & Söhne"), "Contoso-and-Sohne");
    assert.equal(projectName("Политика 2"), "Politika-2");
    for (const name of ["...", "日本", "_"]) {
      assert.equal(projectName(name), "office-configuration");
    }
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        assert.match(projectName(text), /^[\w.-]{1,100}$/);
        assert.match(projectName(text), /^[^._-]/);
      }),
    );
  });

  it("has a README with the commands as a shell takes them", () => {
    const commands = [
      "npm install",
      "pulumi stack init Contoso",
      "pulumi config set officeConfiguration:tenantId 1",
      "pulumi config set officeConfiguration:credential azureCli",
      "pulumi preview    # shows",
      "pulumi up         # does",
    ];
    assert.deepEqual(firstCommands(options.steps), commands);
    const { "README.md": readme = "" } = projectFiles(options);
    assert.ok(readme.startsWith("# Contoso\n\nFrom a test.\n"), readme);
    assert.ok(readme.includes(`\`\`\`sh\n${commands.join("\n")}\n\`\`\`\n`), readme);
    assert.match(readme, /has pulumi-office-configuration from `\.\.\/x\.tgz`/);
    const { "README.md": other = "" } = projectFiles({ ...options, packageSpec: "^1.0.0" });
    assert.doesNotMatch(other, /Other computers/);
  });

  it("quotes what a shell would split or expand", () => {
    assert.equal(shellWord("../a-b_c/1.tgz", "linux"), "../a-b_c/1.tgz");
    assert.equal(shellWord("it's $HOME", "linux"), `'it'\\''s $HOME'`);
    assert.equal(shellWord("C:\\My files", "win32"), '"C:\\My files"');
    assert.equal(shellWord("", "linux"), "''");
  });
});

describe("where an exported project has the package from", () => {
  let folder: string;
  let own: string;

  const installed = (manifest: object, modules = "node_modules") => {
    own = join(folder, "project", modules, "pulumi-office-configuration");
    mkdirSync(own, { recursive: true });
    writeFileSync(join(folder, "project", "package.json"), JSON.stringify(manifest));
    return packageSpec(join(folder, "out"), own);
  };
  const name = "pulumi-office-configuration";

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "office-configuration-")));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("is the clone that the command runs from", () => {
    own = join(folder, "clone");
    mkdirSync(own);
    writeFileSync(join(folder, "package.json"), `{"dependencies":{"${name}":"^9.0.0"}}`);
    assert.equal(packageSpec(join(folder, "out"), own), "file:../clone");
  });

  it("is the tarball of the project that has it installed, as long as it is there", () => {
    const manifest = { dependencies: { [name]: "file:vendor/x.tgz" } };
    assert.equal(installed(manifest), `file:../project/node_modules/${name}`);
    mkdirSync(join(folder, "project", "vendor"));
    writeFileSync(join(folder, "project", "vendor", "x.tgz"), "");
    assert.equal(installed(manifest), "file:../project/vendor/x.tgz");
  });

  it("is the version or address that the project has", () => {
    for (const spec of ["^0.1.0", "github:contoso/example#v1", "https://contoso.example/x.tgz"]) {
      assert.equal(installed({ devDependencies: { [name]: spec } }), spec);
    }
  });

  it("is the package itself where no project says, or says it in words of its own", () => {
    const itself = `file:../project/node_modules/${name}`;
    assert.equal(installed({}), itself);
    assert.equal(installed({ dependencies: { [name]: "workspace:*" } }), itself);
    assert.equal(installed({ dependencies: { [name]: 7 } }), itself);
    writeFileSync(join(folder, "project", "package.json"), "{");
    assert.equal(packageSpec(join(folder, "out"), own), itself);
  });

  it("is found from a store below the project's node_modules", () => {
    const store = `node_modules/.pnpm/${name}@1/node_modules`;
    assert.equal(installed({ dependencies: { [name]: "1.0.0" } }, store), "1.0.0");
  });

  it("is a path from where the folder really is", () => {
    mkdirSync(join(folder, "deep", "er"), { recursive: true });
    symlinkSync(join(folder, "deep", "er"), join(folder, "link"));
    own = join(folder, "clone");
    mkdirSync(own);
    assert.equal(packageSpec(join(folder, "link", "new", "out"), own), "file:../../../../clone");
  });
});
