/**
 * A CLI of Pulumi's that runs nothing: it tells recorded events, as `fake.json` in its folder says for each stack and
 * command, and ends. Tests put it on the PATH.
 */
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const args = process.argv.slice(2);
const [command] = args;
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const optionOf = (flag) => args[args.indexOf(flag) + 1];

/** Sends events to the Automation API, which listens for them. */
function send(events) {
  // The SDK's own copy.
  const grpc = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js");
  const { EventsClient } = require("@pulumi/pulumi/proto/events_grpc_pb");
  const { EventRequest } = require("@pulumi/pulumi/proto/events_pb");
  const address = optionOf("--event-log").replace("tcp://", "");
  const client = new EventsClient(address, grpc.credentials.createInsecure());
  return new Promise((resolve, reject) => {
    const stream = client.streamEvents((error) => {
      client.close();
      if (error) reject(error);
      else resolve();
    });
    for (const event of events) {
      const request = new EventRequest();
      request.setEvent(JSON.stringify(event));
      stream.write(request);
    }
    stream.end();
  });
}

async function operate() {
  const stack = optionOf("--stack");
  const { [stack]: { [command]: how = {} } = {} } = read("fake.json");
  const { recording, output = "", code = 0, until, report = [] } = how;
  console.log(`${command} of ${stack}: ${args.join(" ")}`);
  if (until !== undefined) {
    // Runs until somebody makes a file, or cancels it.
    await new Promise((resolve) => {
      const timer = setInterval(() => existsSync(until) && end(), 20);
      const end = () => {
        clearInterval(timer);
        resolve();
      };
      process.once("SIGINT", () => {
        console.log("error: update canceled");
        process.exit(1);
      });
    });
  }
  if (recording !== undefined) await send(read(join(__dirname, "recordedEvents.json"))[recording]);
  const request = process.env.OFFICE_CONFIGURATION_DRIFT_REPORT;
  for (const line of request === undefined ? [] : report) {
    appendFileSync(JSON.parse(request).file, `${JSON.stringify(line)}\n`);
  }
  if (output !== "") console.log(output);
  process.exitCode = code;
}

if (command === "version") console.log("v3.250.0");
else if (command === "whoami") console.log('{ "url": "file://state" }');
else if (command === "stack" && args[1] === "ls") {
  const tag = args.includes("--tag") ? optionOf("--tag") : undefined;
  const stacks = read("stacks.json").filter(
    ({ tags = [] }) => tag === undefined || tags.includes(tag),
  );
  console.log(JSON.stringify(stacks));
} else if (command === "stack" && args[1] === "init") {
  writeFileSync("stacks.json", JSON.stringify([...read("stacks.json"), { name: args[2] }]));
  if (!args.includes("--no-select")) process.exitCode = 1;
} else operate();
