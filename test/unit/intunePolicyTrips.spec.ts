import assert from "node:assert/strict";
import type { FakeHost, FakeResource } from "../fakeHost";
import { INTUNE_ID as ID, intuneHost } from "../intuneHost";
import { gatherAtLeisure } from "../scriptedGraph";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const COUNT = 100;

/** As many resources at a time as an engine works on. */
async function all(
  resources: readonly FakeResource[],
  work: (resource: FakeResource, place: number) => Promise<void>,
): Promise<void> {
  await Promise.all(resources.map(work));
}

describe("a hundred IntuneOfficePolicy resources", () => {
  let host: FakeHost;

  gatherAtLeisure();

  beforeEach(() => {
    host = intuneHost("unkind");
  });
  afterEach(() => host.close());

  const trips = async (work: () => Promise<void>) => {
    const count = () => host.tenant.requests.filter(({ viaBatch }) => !viaBatch).length;
    const before = count();
    await work();
    host.newRun();
    return count() - before;
  };

  const inputsOf = (place: number) => ({
    name: `Policy ${place}`,
    policies: { [ID.level]: "2", [ID.toggle]: "1", [ID.number]: "3" },
    assignments: [GROUP],
  });

  it("need few trips, and little of the state", async () => {
    const resources = Array.from({ length: COUNT }, (_, place) =>
      host.resource("IntuneOfficePolicy", `policy-${place}`),
    );
    const up = await trips(() => all(resources, (each, place) => each.up(inputsOf(place))));
    assert.ok(up <= 210, `${up} trips to create`);
    const refresh = await trips(() =>
      all(resources, (each, place) => each.refresh(inputsOf(place))),
    );
    assert.ok(refresh <= 30, `${refresh} trips to refresh`);
    const again = await trips(() => all(resources, (each, place) => each.up(inputsOf(place))));
    assert.equal(again, 0);
    const [first] = resources;
    const { name, policies, assignments, ...beyond } = first?.outputs ?? {};
    const size = JSON.stringify(beyond).length;
    assert.ok(size <= 400, `${size} characters`);
    const destroy = await trips(() => all(resources, (each) => each.destroy()));
    assert.ok(destroy <= 105, `${destroy} trips to delete`);
  });
});
