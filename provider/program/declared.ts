/**
 * Holds declared resources back until the program's synchronous code has run, so that a refusal in that
 * code can still stop them. Without this, the SDK sends them even if the program fails next.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";

interface Declared {
  /** Several programs may run side by side in one process. */
  readonly stack: string;
  readonly release: () => void;
  readonly refuse: (error: Error) => void;
}

let waiting: Declared[] = [];

/**
 * A property of a resource that the SDK waits for before it sends the resource.
 *
 * @returns a promise of the value; rejected if the program is refused first.
 */
export function whenDeclared<T>(value: T): Promise<T> {
  if (waiting.length === 0) setImmediate(release);
  const promise = new Promise<T>((resolve, reject) => {
    waiting.push({ stack: stackName(), release: () => resolve(value), refuse: reject });
  });
  // Nobody waits for it if the SDK refuses the resource itself.
  promise.catch(() => undefined);
  return promise;
}

/** Sends none of this program's waiting resources. @returns the error, to be thrown. */
export function refuseDeclared(error: Error): Error {
  const stack = stackName();
  for (const declared of waiting) if (declared.stack === stack) declared.refuse(error);
  waiting = waiting.filter((declared) => declared.stack !== stack);
  return error;
}

function release(): void {
  const released = waiting;
  waiting = [];
  for (const declared of released) declared.release();
}

function stackName(): string {
  return `${pulumi.runtime.getProject()}/${pulumi.runtime.getStack()}`;
}
