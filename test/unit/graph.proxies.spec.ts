import { strict as assert } from "node:assert";
import fc from "fast-check";
import {
  dispatcherOptions,
  ProxyError,
  proxyOf,
  proxySettings,
  refusedByProxy,
} from "../../provider/graph/proxies";

describe("the proxy of an environment", () => {
  for (const [written, origin, host, port] of [
    [
      "http://proxy.example.test:8080",
      "http://proxy.example.test:8080",
      "http://proxy.example.test",
      8080,
    ],
    [
      "proxy.example.test:8080",
      "http://proxy.example.test:8080",
      "http://proxy.example.test",
      8080,
    ],
    ["localhost:3128", "http://localhost:3128", "http://localhost", 3128],
    ["proxy", "http://proxy", "http://proxy", 80],
    ["127.0.0.1:8080/", "http://127.0.0.1:8080", "http://127.0.0.1", 8080],
    ["[::1]:8080", "http://[::1]:8080", "http://[::1]", 8080],
    ["https://proxy", "https://proxy", "https://proxy", 443],
    [" HTTP://PROXY:8080 ", "http://proxy:8080", "http://proxy", 8080],
  ] as const) {
    it(`is read by both libraries in the same way: ${written}`, () => {
      const proxy = proxyOf({ HTTPS_PROXY: written });
      assert.ok(proxy);
      assert.deepEqual(proxy, { variable: "HTTPS_PROXY", origin, user: "", password: "" });
      assert.deepEqual(dispatcherOptions(proxy), { httpProxy: origin, httpsProxy: origin });
      assert.deepEqual(proxySettings(proxy), { host, port });
    });
  }

  it("has any user and password, percent-encoded, and a lone percent sign stands for itself", () => {
    const text = fc.string({ minLength: 1, unit: "grapheme" });
    fc.assert(
      fc.property(text, text, (user, password) => {
        const [name, word] = [encodeURIComponent(user), encodeURIComponent(password)];
        const proxy = proxyOf({ HTTPS_PROXY: `${name}:${word}@proxy:1` });
        assert.ok(proxy);
        assert.deepEqual([proxy.user, proxy.password], [user, password]);
        const { username = "", password: encoded = "" } = proxySettings(proxy);
        assert.deepEqual([username, encoded].map(decodeURIComponent), [user, password]);
        assert.ok(!dispatcherOptions(proxy).httpsProxy.includes("@"));
      }),
    );
    assert.equal(proxyOf({ HTTPS_PROXY: "bob:100%@proxy:1" })?.password, "100%");
    const { token } = dispatcherOptions(proxyOf({ HTTPS_PROXY: "bob@proxy" }) ?? assert.fail());
    assert.equal(token, `Basic ${Buffer.from("bob:").toString("base64")}`);
  });

  it("is the strongest variable that is set", () => {
    const order = [
      "https_proxy",
      "HTTPS_PROXY",
      "all_proxy",
      "ALL_PROXY",
      "http_proxy",
      "HTTP_PROXY",
    ];
    const env: Record<string, string> = {};
    for (const variable of order.reverse()) {
      env[variable] = `${variable.replace("_", "-")}.example.test:1`;
      assert.equal(proxyOf(env)?.variable, variable);
    }
    assert.equal(
      proxyOf({ https_proxy: "", HTTPS_PROXY: " ", HTTP_PROXY: "p" })?.variable,
      "HTTP_PROXY",
    );
    assert.equal(proxyOf({ NO_PROXY: "*" }), undefined);
    assert.equal(proxyOf({ ALL_PROXY: "socks5h://127.0.0.1:1080" }), undefined);
  });

  for (const written of [
    "http://",
    "http://:8080",
    "proxy:port",
    "proxy:99999",
    "ftp://proxy:8080",
    "socks4://proxy:1080",
    "socks5://",
    "xhttp://proxy:8080",
    "http://bob:12#@proxy:8080",
    "bob:12/@proxy:8080",
    "bob:12?@proxy:8080",
    "http://bob:hunter2#@proxy:8080",
    "bob:hunter2/@proxy:8080",
    "bob:hunter2?@proxy:8080",
  ]) {
    it(`is refused without being shown where it is none: ${written}`, () => {
      assert.throws(
        () => proxyOf({ HTTPS_PROXY: written }),
        (error) =>
          error instanceof ProxyError &&
          error.name === "ProxyError" &&
          error.code === "PROXY" &&
          error.message ===
            "HTTPS_PROXY is not the address of a proxy: it must be http://host:port or http://user:password@host:port, " +
              "with the special characters of user and password percent-encoded",
      );
    });
  }

  it("is refused for sign-in where it speaks SOCKS", () => {
    const proxy = proxyOf({ HTTPS_PROXY: "socks5://proxy:1080" });
    assert.ok(proxy);
    assert.equal(dispatcherOptions(proxy).httpsProxy, "socks5://proxy:1080");
    assert.throws(() => proxySettings(proxy), /HTTPS_PROXY names a SOCKS proxy/);
  });

  it("is taken where it speaks SOCKS of any version, for Graph", () => {
    assert.equal(proxyOf({ HTTPS_PROXY: "socks://proxy:1080" })?.origin, "socks://proxy:1080");
  });

  it("has a password without a user, too", () => {
    const proxy = proxyOf({ HTTPS_PROXY: "http://:word@proxy:1" }) ?? assert.fail();
    const basic = Buffer.from(":word").toString("base64");
    assert.equal(dispatcherOptions(proxy).token, `Basic ${basic}`);
    assert.deepEqual(proxySettings(proxy), { host: "http://proxy", port: 1, password: "word" });
  });

  for (const [status, user, message] of [
    [
      403,
      "bob",
      "the proxy http://proxy:1 (HTTPS_PROXY) does not let requests through to graph.test (403): have it allow that host, or put the host into NO_PROXY",
    ],
    [
      407,
      "",
      "the proxy http://proxy:1 (HTTPS_PROXY) wants a user and a password (407): set HTTPS_PROXY to http://user:password@proxy:1, special characters percent-encoded",
    ],
    [
      407,
      "bob",
      "the proxy http://proxy:1 (HTTPS_PROXY) refuses the user and the password that HTTPS_PROXY gives (407): check them, and that their special characters are percent-encoded",
    ],
  ] as const) {
    it(`says what to do where it refuses ${user || "nobody"} with ${status}`, () => {
      const proxy = { variable: "HTTPS_PROXY", origin: "http://proxy:1", user, password: user };
      const error = refusedByProxy(proxy, status, "graph.test");
      assert.deepEqual([error.name, error.message], ["ProxyError", message]);
    });
  }
});
