/**
 * Context of a lifecycle, in a test.
 *
 * @module
 */
import type { Clock, GraphClient } from "../provider/graph";
import type { LifecycleContext, SharedWork } from "../provider/update/lifecycle";
import { type OperationLimit, operationContext } from "../provider/update/operation";
import { sharedWork } from "../provider/update/sharedWork";

/** Time that passes by itself: a wait moves it on, and takes none. */
export class PassingClock implements Clock {
  /** Total of the waits, in milliseconds. */
  waitedMs = 0;

  now(): number {
    return Date.now() + this.waitedMs;
  }

  sleep(ms: number): Promise<void> {
    this.waitedMs += ms;
    return Promise.resolve();
  }

  random(): number {
    return 0;
  }
}

/** Parts of a context that a test may give. */
export interface TestContextParts {
  readonly graph: GraphClient;
  readonly log?: (line: string) => void;
  readonly clock?: Clock;
  /** @default what a new update has */
  readonly shared?: SharedWork;
  readonly limit?: OperationLimit;
}

/** The context of one operation. */
export function testContext({
  graph,
  log = () => {},
  clock = new PassingClock(),
  shared = sharedWork(clock),
  limit = {},
}: TestContextParts): LifecycleContext {
  return operationContext({ shared, graph, log, clock }, limit);
}
