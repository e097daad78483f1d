/**
 * Runs the suites again and again while a build keeps every core busy: `npm run test:load -- --help`.
 *
 * A test that fails here and nowhere else depends on the machine's speed.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { runTool, whole } from "./commandLine";
import { descendants, endProcess } from "./processes";

const root = join(__dirname, "..");

/** The type check of everything: a build that writes nothing. */
const BUILD = [join("node_modules", "typescript", "bin", "tsc"), "--noEmit"];

interface Options {
  readonly suites: number;
  readonly engine: number;
}

const program = new Command("npm run test:load --")
  .description("Runs the suites while builds keep every core busy.")
  .option("--suites <times>", "how often the unit and emulator suites run", whole, 10)
  .option("--engine <times>", "how often the engine suite runs", whole, 3);

async function main(): Promise<void> {
  const { suites, engine } = program.parse().opts<Options>();
  const builds = Array.from({ length: availableParallelism() }, busyBuild);
  try {
    for (let round = 1; round <= suites; round += 1) {
      await run(round, "test:unit");
      await run(round, "test:emulator");
    }
    for (let round = 1; round <= engine; round += 1) await run(round, "test:engine");
  } finally {
    for (const stop of builds) stop();
  }
}

/** Builds until it is stopped. @returns the function that stops it. */
function busyBuild(): () => void {
  let isStopped = false;
  let child: ChildProcess;
  const start = () => {
    if (isStopped) return;
    child = spawn(process.execPath, BUILD, { cwd: root, stdio: "ignore" });
    child.once("exit", start);
  };
  start();
  return () => {
    isStopped = true;
    endProcess(child.pid ?? 0);
  };
}

/** Runs a suite, and shows its output if it fails. */
async function run(round: number, script: string): Promise<void> {
  const startedAtMs = performance.now();
  const child = spawn("npm", ["run", "--silent", script], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const shown: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => shown.push(chunk));
  }
  const onInterrupt = () => {
    for (const { pid } of descendants(child.pid)) endProcess(pid);
  };
  process.once("SIGINT", onInterrupt);
  const [code] = (await once(child, "exit")) as [number | null];
  process.removeListener("SIGINT", onInterrupt);
  const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
  console.log(`${script}, round ${round}: ${code === 0 ? "green" : "RED"} in ${seconds} s`);
  if (code === 0) return;
  console.log(Buffer.concat(shown).toString("utf8"));
  process.exitCode = 1;
}

runTool(main);
