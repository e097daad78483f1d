/**
 * For mocha's --require: waits for its workers until they have written their coverage. Mocha ends a worker one second
 * after its last test, and on a busy machine the twelve megabytes take longer: all that the worker covered was lost.
 */
const LONGEST_WRITE_MS = 120_000;

const fromMocha = { paths: [require.resolve("mocha")] };
const workerpool = require(require.resolve("workerpool", fromMocha));

const { pool } = workerpool;

workerpool.pool = (script, options) =>
  pool(script, { ...options, workerTerminateTimeout: LONGEST_WRITE_MS });
