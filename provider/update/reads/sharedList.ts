/** A list of the tenant that all resources of an update share. */
export class SharedList<T> {
  #all: Promise<readonly T[]> | undefined;

  /** The list, read at the first question. After a failure, the next question reads it again. */
  all(read: () => Promise<readonly T[]>): Promise<readonly T[]> {
    if (this.#all !== undefined) return this.#all;
    const all = read();
    this.#all = all;
    all.catch(() => {
      this.#all = undefined;
    });
    return all;
  }
}
