import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import { storeAssignmentsInput } from "../../provider/program/assignments";

const A = "11111111-1111-4111-8111-11111111111a";
const B = "22222222-2222-4222-8222-22222222222b";

/** An assignment as the API's page has it. */
const graphAssignment = (groupId: unknown) => ({
  "@odata.type": "#microsoft.graph.officeClientConfigurationAssignment",
  id: "804730f3-30f3-8047-f330-4780f3304780",
  target: {
    "@odata.type": "#microsoft.graph.officeConfigurationGroupAssignmentTarget",
    groupId,
  },
});

function resolved(value: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    pulumi.output(value as object).apply(resolve);
  });
}

describe("assignments", () => {
  it("are stored as group ids, whichever of the three forms they have", () => {
    const stored = storeAssignmentsInput([
      A,
      { groupId: B },
      graphAssignment(A),
      { target: { groupId: B } },
    ]);
    assert.deepEqual(stored, [A, B, A, B]);
  });

  it("may be known later: the list, an element, a target or an id", async () => {
    const later = <T>(value: T) => pulumi.output(Promise.resolve(value));
    const forms = [
      later([graphAssignment(A)]),
      [later({ groupId: A })],
      [{ groupId: later(A) }],
      [{ target: later({ groupId: A }) }],
      [graphAssignment(later(A))],
    ];
    for (const form of forms) assert.deepEqual(await resolved(storeAssignmentsInput(form)), [A]);
  });

  it("keep a secret group id secret", async () => {
    const stored = storeAssignmentsInput([{ target: { groupId: pulumi.secret(A) } }]);
    assert.equal(await pulumi.isSecret(pulumi.output(stored)), true);
  });

  it("are left as they are where they are no assignments, for check to name", () => {
    const wrong = [
      { groupId: A, include: true },
      { target: { groupId: A, deviceId: "x" } },
      { target: { "@odata.type": "#microsoft.graph.allUsers", groupId: A } },
      { target: null },
      7,
    ];
    assert.deepEqual(storeAssignmentsInput(wrong), wrong);
    assert.equal(storeAssignmentsInput(undefined), undefined);
    assert.equal(storeAssignmentsInput(A), A);
  });
});
