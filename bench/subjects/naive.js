// What people write today: a dynamic provider whose methods are captured with the program, and one
// request for each resource and verb. No retry, no look before a POST, no line about what changes.
const pulumi = require("@pulumi/pulumi");

const COLLECTION = "/beta/officeConfiguration/clientConfigurations";
const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";

async function request(method, path, body) {
  const response = await fetch(process.env.OFFICE_CONFIGURATION_ENDPOINT + path, {
    method,
    headers: {
      authorization: `Bearer ${process.env.OFFICE_CONFIGURATION_ACCESS_TOKEN}`,
      "content-type": "application/json",
    },
    body: body && JSON.stringify(body),
  });
  if (!response.ok && response.status !== 404) {
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
  const text = response.status === 404 ? "" : await response.text();
  return text === "" ? undefined : JSON.parse(text);
}

function bodyOf({ displayName, settings }) {
  const policyPayload = Buffer.from(JSON.stringify(settings)).toString("base64");
  return { "@odata.type": TYPE, displayName, policyPayload };
}

const provider = {
  async diff(_id, olds, news) {
    return {
      changes:
        olds.displayName !== news.displayName ||
        JSON.stringify(olds.settings) !== JSON.stringify(news.settings),
    };
  },
  async create(inputs) {
    const { id } = await request("POST", COLLECTION, bodyOf(inputs));
    return { id, outs: inputs };
  },
  async read(id, properties) {
    const found = await request("GET", `${COLLECTION}/${id}`);
    if (found === undefined) return {};
    const settings = JSON.parse(Buffer.from(found.policyPayload, "base64").toString());
    return { id, props: { ...properties, displayName: found.displayName, settings } };
  },
  async update(id, _olds, news) {
    await request("PATCH", `${COLLECTION}/${id}`, bodyOf(news));
    return { outs: news };
  },
  async delete(id) {
    await request("DELETE", `${COLLECTION}/${id}`);
  },
};

class Naive extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(provider, name, args);
  }
}

exports.policy = (name, args) => new Naive(name, args);
