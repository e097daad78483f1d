import { oneLine } from "../../../provider/text/messageText";
import type { TenantReading } from "../reportOf";

/** Progress of a reading: a line that counts on a terminal, and a line for each tenant that could not be read. */
export class Progress {
  readonly #total: number;
  readonly #stream: NodeJS.WriteStream;
  #read = 0;
  #failed = 0;

  constructor(total: number, stream: NodeJS.WriteStream) {
    this.#total = total;
    this.#stream = stream;
    this.#count();
  }

  /** Prints a line above the count. */
  say(line: string): void {
    this.#stream.write(`${this.#stream.isTTY ? "\r\u001b[K" : ""}${line}\n`);
    this.#count();
  }

  /** Counts a tenant, and says why it was not read. */
  read({ name, code, live, intune }: TenantReading): void {
    this.#read += 1;
    const reasons = [
      ...(code.state === "failed" ? [`the state was not read: ${code.reason}`] : []),
      ...(live.state === "failed" ? [`the tenant was not read: ${live.reason}`] : []),
      ...(intune.state === "failed" ? [`Intune was not read: ${intune.reason}`] : []),
    ];
    if (reasons.length > 0) this.#failed += 1;
    for (const reason of reasons) this.say(`${oneLine(name, 100)}: ${reason}`);
    this.#count();
  }

  /** Says how many were read. */
  end(): void {
    const rest = this.#failed === 0 ? "" : `, ${this.#failed} of them not or not wholly`;
    const noun = this.#total === 1 ? "tenant" : "tenants";
    this.say(`read ${this.#total.toLocaleString("en")} ${noun}${rest}`);
    if (this.#stream.isTTY) this.#stream.write("\r\u001b[K");
  }

  #count(): void {
    if (this.#stream.isTTY)
      this.#stream.write(`\r\u001b[Kreading: ${this.#read} of ${this.#total}`);
  }
}
