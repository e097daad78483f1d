/**
 * Ends the provider process once the engine is gone: it was killed, and could not end its providers.
 *
 * The process would go on to write to the tenant, beside the next update. What it was creating is on record, and that
 * update takes it over, as after the kill of this process.
 *
 * @module
 */
import { connect } from "node:net";

/** Address of the engine's server, which the engine gives to each provider that it starts. */
const ENGINE = /^(127\.0\.0\.1|localhost):(\d+)$/;

/** Part of a stream that tells of a failure to write. */
type Output = Pick<NodeJS.WriteStream, "once">;

/** Surroundings of the provider process. */
interface Surroundings {
  /** Arguments of the process. @default those of this one */
  readonly argv?: readonly string[];
  /** @default its standard output and standard error, which the engine reads as long as it lives */
  readonly outputs?: readonly Output[];
  /** Ends the process. @default `process.exit` with 1 */
  readonly end?: () => void;
  /** Least time between two connections, in milliseconds: the engine closes those that are idle for two minutes. @default 1,000 */
  readonly pauseMs?: number;
}

/**
 * Ends this process once its output has no reader, or the engine's address refuses connections. If the arguments have no
 * such address, or it was never reached, only the output is watched.
 */
export function endWithEngine({
  argv = process.argv.slice(2),
  outputs = [process.stdout, process.stderr],
  end = () => process.exit(1),
  pauseMs = 1_000,
}: Surroundings = {}): void {
  // Pulumi's server would print the failure to write, fail again, and take a processor and ever more memory.
  for (const output of outputs) output.once("error", end);
  for (const arg of argv) {
    const [address, host = "", port] = ENGINE.exec(arg) ?? [];
    if (address !== undefined) stayConnected({ host, port: Number(port) }, { end, pauseMs });
  }
}

/** Ends the process once the other side refuses a connection after it has taken one. Keeps no process alive. */
function stayConnected(
  engine: { readonly host: string; readonly port: number },
  { end, pauseMs }: { readonly end: () => void; readonly pauseMs: number },
): void {
  let wasReached = false;
  const reach = (): void => {
    const beganMs = performance.now();
    const socket = connect(engine).unref().resume();
    socket.once("connect", () => {
      wasReached = true;
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (wasReached && error.code === "ECONNREFUSED") end();
    });
    socket.once("close", () => {
      const isShort = performance.now() - beganMs < pauseMs;
      if (wasReached) setTimeout(reach, isShort ? pauseMs : 0).unref();
    });
  };
  reach();
}
