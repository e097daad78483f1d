/**
 * The layers of provider/, lowest first: a folder imports only from folders before it. docs/architecture.md
 * draws them.
 */
export const LAYERS = [
  "text",
  "graph",
  "settings",
  "catalogue",
  "intune",
  "api",
  "update",
  "resources",
  "host",
  "program",
];

const folder = (layer) => `./provider/${layer}`;

const upwards = LAYERS.slice(0, -1).map((layer, place) => ({
  target: folder(layer),
  from: LAYERS.slice(place + 1).map(folder),
  message: `provider/${layer} is below that layer: see docs/architecture.md.`,
}));

/** What a user's program loads at once: neither zod, a catalogue nor the Graph client. */
const ofProgram = {
  target: [
    "./provider/program/!(lookups)/**/*.ts",
    "./provider/program/*.ts",
    "./provider/program/lookups/*.ts",
  ],
  from: [
    "./provider/graph/*.ts",
    "./provider/settings/inputs/**",
    "./provider/{catalogue,intune,api,update,resources,host}/**",
  ],
  message:
    "A program would load zod, a catalogue or the Graph client: only program/lookups/run may.",
};

/** The tools stand on the layers that know neither the engine nor the course of an update. */
const ofTools = {
  target: "./cli",
  from: ["update", "resources", "host", "program"].map(folder),
  message: "cli/ uses the public surface, graph/, settings/, catalogue/, intune/ and api/.",
};

/** The rules of a policy pack see what the engine has: no Graph, no tenant. */
const ofPolicyPack = {
  target: "./policy",
  from: [
    "./provider/graph/*.ts",
    "./provider/{intune,api,update,resources,host}/**",
    "./cli/**",
    "./emulator/**",
  ],
  message: "policy/ uses the public surface, graph/config, settings/ and catalogue/.",
};

/** The emulator shares nothing with what it tests. */
const ofEmulator = {
  target: "./emulator",
  from: ["./provider", "./cli", "./policy"],
  message: "emulator/ shares no code with the provider, so that the two can disagree.",
};

/** Graph as all its APIs behave knows none of them: one API is one folder beside it. */
const ofEmulatedGraph = {
  target: "./emulator/graph",
  from: [
    "officeConfiguration",
    "deviceManagement",
    "copilot",
    "groups",
    "organization",
    "security",
  ].map((api) => `./emulator/${api}`),
  message: "emulator/graph knows no API: an API tells it what it needs by EmulatedApi.",
};

export const layerZones = [
  ...upwards,
  ofProgram,
  ofTools,
  ofPolicyPack,
  ofEmulator,
  ofEmulatedGraph,
];
