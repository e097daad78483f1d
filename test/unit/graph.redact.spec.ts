import { strict as assert } from "node:assert";
import { redact } from "../../provider/graph/redact";

const SECRET = "sesame-open-1234";

describe("a text that others wrote", () => {
  it("loses every secret that is given", () => {
    assert.equal(redact(`a ${SECRET} b ${SECRET}`, [SECRET]), "a [secret] b [secret]");
  });

  it("loses the start of a secret at its end, where it was cut off", () => {
    assert.equal(redact(`a ${SECRET.slice(0, -1)}`, [SECRET]), "a [secret]");
    assert.equal(redact(`a ${SECRET.slice(0, 6)}`, [SECRET]), "a [secret]");
    assert.equal(redact(`a ${SECRET.slice(0, 5)}`, [SECRET]), `a ${SECRET.slice(0, 5)}`);
    assert.equal(redact(`${SECRET.slice(0, 6)} a`, [SECRET]), `${SECRET.slice(0, 6)} a`);
  });

  it("keeps what is too short for a secret", () => {
    assert.equal(redact("12345 abcdef", ["12345", "abcdef"]), "12345 [secret]");
  });

  it("loses what looks like a token, whoever's it is", () => {
    assert.equal(redact("Bearer abcdefgh."), "[token]");
    assert.equal(redact("Bearer abcdefg"), "Bearer abcdefg");
    assert.equal(
      redact("is eyJhbGciOiJ9.e30 and eyJhbGciOiJ9.e30.c2ln."),
      "is [token] and [token].",
    );
  });
});
