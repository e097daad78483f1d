// The floor: what the engine itself costs with dynamic resources that do nothing. Its text in the state is
// as short and constant as this package's, its methods return at once.
const pulumi = require("@pulumi/pulumi");
const { isDeepStrictEqual } = require("node:util");

const bare = ({ __provider, ...properties }) => properties;

exports.provider = {
  check: (_olds, news) => Promise.resolve({ inputs: news }),
  diff: (_id, olds, news) =>
    Promise.resolve({ changes: !isDeepStrictEqual(bare(olds), bare(news)) }),
  create: (inputs) => Promise.resolve({ id: inputs.displayName, outs: inputs }),
  read: (id, properties) => Promise.resolve({ id, props: properties }),
  update: (_id, _olds, news) => Promise.resolve({ outs: news }),
  delete: () => Promise.resolve(),
};

class Floor extends pulumi.CustomResource {
  constructor(name, { displayName, settings }) {
    const policies = Object.fromEntries(settings.map(({ settingId, value }) => [settingId, value]));
    const __provider = 'exports.handler = () => require(process.cwd() + "/floor.js").provider;';
    super("pulumi-nodejs:dynamic:Resource", name, { displayName, policies, __provider });
  }
}

exports.policy = (name, args) => new Floor(name, args);
