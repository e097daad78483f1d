/** A part of a registry export, with the number of its line. */
export type ExportPart = { readonly line: number } & (
  | { readonly kind: "key"; readonly key: string; readonly isDeleted: boolean }
  | { readonly kind: "value"; readonly name: string; readonly data: ExportData }
  | { readonly kind: "broken"; readonly reason: string }
);

/** Data of a value: a text, or what is written instead of one without comments and breaks of lines. */
export type ExportData = { readonly text: string } | { readonly written: string };

/** Parts of the text of a registry export after its first line. */
export function* exportParts(text: string): Generator<ExportPart> {
  const scanner = new Scanner(text);
  while (scanner.nextLine()) {
    const { line } = scanner;
    yield { line, ...partAt(scanner) };
  }
}

type Part = ExportPart extends infer P ? (P extends unknown ? Omit<P, "line"> : never) : never;

function partAt(scanner: Scanner): Part {
  switch (scanner.peek()) {
    case "[":
      return keyPart(scanner.rest());
    case "@":
      scanner.skip("@");
      return valuePart("", scanner);
    case '"': {
      const name = scanner.string();
      return typeof name === "string" ? valuePart(name, scanner) : broken(scanner, name.problem);
    }
    default:
      return broken(scanner, "it is neither a key nor a value");
  }
}

function broken(scanner: Scanner, reason: string): Part {
  scanner.rest();
  return { kind: "broken", reason };
}

/** Names of keys may have brackets: the last one of the line ends it. */
function keyPart(line: string): Part {
  const [, minus, key] = /^\[(-?)(.*)\]\s*(?:;[^\]]*)?$/s.exec(line) ?? [];
  if (key === undefined) return { kind: "broken", reason: "its key does not end in a bracket" };
  return { kind: "key", key, isDeleted: minus === "-" };
}

function valuePart(name: string, scanner: Scanner): Part {
  if (!scanner.skip("=")) return broken(scanner, "its name is not followed by =");
  if (scanner.peek() !== '"') return { kind: "value", name, data: { written: scanner.written() } };
  const text = scanner.string();
  if (typeof text !== "string") return broken(scanner, text.problem);
  const rest = scanner.rest();
  if (/^\s*(?:;|$)/.test(rest)) return { kind: "value", name, data: { text } };
  return { kind: "broken", reason: "something follows its text" };
}

class Scanner {
  /** Number of the line that {@link nextLine} went to. */
  line = 1;
  private at = 0;
  private counted = 0;

  constructor(private readonly text: string) {}

  /** Goes to the next line that is neither empty nor a comment. */
  nextLine(): boolean {
    for (let next = this.peek(); /^[;\r\n]$/.test(next); next = this.peek()) {
      if (next === ";") this.rest();
      else this.at += 1;
    }
    this.count();
    return this.at < this.text.length;
  }

  /** The next character after spaces; empty at the end. */
  peek(): string {
    this.spaces();
    return this.text.charAt(this.at);
  }

  skip(character: string): boolean {
    const isThere = this.peek() === character;
    if (isThere) this.at += 1;
    return isThere;
  }

  /** The rest of the line. */
  rest(): string {
    const end = this.endOfLine();
    const rest = this.text.slice(this.at, end);
    this.at = end;
    return rest;
  }

  /** The rest of the line without a comment, and the lines that it goes on to. A backslash at its end says that it does. */
  written(): string {
    const lines: string[] = [];
    for (;;) {
      const line = this.rest().replace(/;.*$/, "").trim();
      if (!line.endsWith("\\") || this.at >= this.text.length) return [...lines, line].join("");
      lines.push(line.slice(0, -1));
      this.at += this.text.startsWith("\r\n", this.at) ? 2 : 1;
    }
  }

  /** A text in quotes. It may go over lines. Where it has no end, the line is what cannot be read. */
  string(): string | { readonly problem: string } {
    const special = /["\\]/g;
    let text = "";
    let from = this.at + 1;
    for (;;) {
      special.lastIndex = from;
      const found = special.exec(this.text)?.index;
      if (found === undefined) return { problem: "its text has no end" };
      text += this.text.slice(from, found);
      const escaped = this.text.charAt(found + 1);
      if (this.text.charAt(found) === '"') {
        this.at = found + 1;
        return text;
      }
      if (escaped !== '"' && escaped !== "\\") {
        return { problem: "it has a single backslash, which Registry Editor writes as two" };
      }
      text += escaped;
      from = found + 2;
    }
  }

  private spaces(): void {
    while (this.text.charAt(this.at) === " " || this.text.charAt(this.at) === "\t") this.at += 1;
  }

  private endOfLine(): number {
    const end = /[\r\n]|$/g;
    end.lastIndex = this.at;
    return end.exec(this.text)?.index ?? this.text.length;
  }

  private count(): void {
    const passed = this.text.slice(this.counted, this.at);
    this.line += passed.match(/\r\n|\r|\n/g)?.length ?? 0;
    this.counted = this.at;
  }
}
