/**
 * Resources that a program has declared, held back until the code that declares them has run on: what it
 * refuses then has not been sent. The SDK sends what it was given even where the program fails next.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";

interface Declared {
  /** Several programs may run in one process, side by side. */
  readonly stack: string;
  readonly release: () => void;
  readonly refuse: (error: Error) => void;
}

let waiting: Declared[] = [];

/**
 * A property of a resource that the SDK waits for before it sends the resource.
 *
 * @returns a promise of the value; it is rejected if the program is refused before it resolves.
 */
export function whenDeclared<T>(value: T): Promise<T> {
  if (waiting.length === 0) setImmediate(release);
  const promise = new Promise<T>((resolve, reject) => {
    waiting.push({ stack: stackName(), release: () => resolve(value), refuse: reject });
  });
  // Nobody waits for it where the SDK refuses the resource itself.
  promise.catch(() => undefined);
  return promise;
}

/** Sends none of the resources of this program that wait. @returns the error, to be thrown. */
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
