/**
 * Operations of the engine that meet a fault, and the request at which they do.
 *
 * @module
 */
import type { EmulatorMode } from "../../emulator";
import { changeSettings, SETTINGS_PATH } from "./copilot";
import { changeIntune, intuneId, POLICIES_PATH } from "./intune";
import { groupOf, SETTING_ID, type Subject, type SubjectKind, settingId } from "./subjects";
import type { Target, World } from "./world";

const COLLECTION = "/officeConfiguration/clientConfigurations";

const UP = ["up", "--yes", "--skip-preview", "--continue-on-error", "--parallel", "16"];
const REFRESH = ["refresh", "--yes", "--skip-preview", "--parallel", "16"];
const DESTROY = ["destroy", "--yes", "--skip-preview", "--continue-on-error", "--parallel", "16"];

/** One operation, and the request of it that is struck. */
export interface Operation {
  readonly name: string;
  /** The request that is struck, in words. */
  readonly moment: string;
  readonly target: (subject: Subject, world: World) => Target;
  /** Changes made before it. */
  readonly arrange?: (world: World) => void;
  readonly command: readonly string[];
  /** Command that a user runs once the faults are over. Default: the same command again. */
  readonly recovery?: readonly (readonly string[])[];
  /** Whether the resources are gone after it. */
  readonly isDestroy?: true;
}

/** Operations that follow each other on the same subjects. */
export interface Chain {
  readonly name: string;
  readonly kind: SubjectKind;
  readonly mode?: Partial<EmulatorMode>;
  readonly operations: readonly Operation[];
}

/**
 * Few at once: what is asked for one by one is then a request of its own, or in a batch with one or
 * two others, where no list is to be had. The lists and batches of many have faults of their own, in
 * `series.ts`.
 */
const few = (command: readonly string[]) => command.map((word) => (word === "16" ? "3" : word));

/** Somebody changes a setting of every policy. */
export function changeInPortal(world: World): void {
  for (const subject of world.subjects) {
    const policyPayload = [{ settingId: SETTING_ID, value: "changed in the portal" }];
    world.emulator.store.patch(world.idOf(subject), { policyPayload });
  }
}

/** No list is to be had, so that each policy is asked for. */
export function withoutList(world: World): void {
  world.emulator.addFault({ match: "GET *clientConfigurations?*expand*", status: 403, times: 99 });
}

const nextValue = (world: World) => world.declare({ value: world.wishes.value + 1 });
const nextGroup = (world: World) => world.declare({ group: world.wishes.group + 1 });

const onItem =
  (method: string, rest = "") =>
  (subject: Subject, world: World): Target => ({
    method,
    path: `${COLLECTION}/${world.idOf(subject)}${rest}`,
  });

const create: Operation = {
  name: "create",
  moment: "POST",
  target: ({ name }) => ({ method: "POST", path: COLLECTION, holds: `"displayName":"${name}"` }),
  command: UP,
};

const createAssign: Operation = {
  ...create,
  moment: "assign",
  target: (subject, world) => ({
    method: "POST",
    path: "assign",
    holds: groupOf(subject, world.wishes),
  }),
};

const update: Operation = {
  name: "update",
  moment: "PATCH",
  arrange: nextValue,
  target: onItem("PATCH"),
  command: UP,
};

const assign: Operation = {
  name: "assign",
  moment: "assign",
  arrange: nextGroup,
  target: onItem("POST", "/"),
  command: UP,
};

const refresh: Operation = {
  name: "refresh",
  moment: "GET",
  arrange: (world) => {
    changeInPortal(world);
    withoutList(world);
  },
  target: onItem("GET"),
  command: few(REFRESH),
  recovery: [REFRESH, UP],
};

const destroy: Operation = {
  name: "destroy",
  moment: "DELETE",
  target: onItem("DELETE"),
  command: DESTROY,
  isDestroy: true,
};

/** The PATCH of the collection, with the id in its body. */
const patchTarget = (subject: Subject): Target => ({
  method: "PATCH",
  path: COLLECTION,
  holds: subject.foundId ?? "",
});

const onIntune =
  (method: string, rest = "") =>
  ({ name }: Subject, { emulator }: World): Target => ({
    method,
    path: `${POLICIES_PATH}/${intuneId(emulator, name)}${rest}`,
  });

const changeAllIntune = ({ emulator, subjects, shared }: World) =>
  changeIntune(emulator, subjects, shared);

const onSetting =
  (method: string) =>
  (subject: Subject): Target => ({ method, path: `${SETTINGS_PATH}/${settingId(subject)}` });

/** Everything that is tried with faults. */
export const CHAINS: readonly Chain[] = [
  { name: "policies", kind: "policy", operations: [create, update, refresh, destroy] },
  {
    name: "policies, groups by assign, payloads as streams",
    kind: "policy",
    mode: {
      assignmentsInPost: "ignored",
      payloads: "stream",
      successCodes: "odata",
      visibleAfterReads: 1,
    },
    operations: [
      createAssign,
      assign,
      {
        ...update,
        moment: "GET of a stream",
        target: onItem("GET", "/policyPayload"),
        command: few(UP),
      },
      { ...destroy, moment: "DELETE that answers 204" },
    ],
  },
  {
    name: "adoption",
    kind: "adopted",
    operations: [
      { name: "adopt", moment: "PATCH", target: onItem("PATCH"), command: UP },
      { ...update, name: "update what was adopted" },
    ],
  },
  {
    name: "adoption, first look",
    kind: "adopted",
    operations: [
      {
        name: "adopt",
        moment: "GET",
        arrange: withoutList,
        target: onItem("GET"),
        command: few(UP),
      },
    ],
  },
  {
    name: "patches",
    kind: "patched",
    operations: [
      { name: "patch", moment: "PATCH", target: patchTarget, command: UP },
      { ...update, name: "patch again", target: patchTarget },
      {
        name: "undo a patch",
        moment: "PATCH",
        target: patchTarget,
        command: DESTROY,
        isDestroy: true,
      },
    ],
  },
  {
    name: "Intune policies",
    kind: "intune",
    operations: [
      {
        ...create,
        name: "create an Intune policy",
        target: ({ name }) => ({ method: "POST", path: POLICIES_PATH, holds: `"name":"${name}"` }),
      },
      {
        name: "assign an Intune policy",
        moment: "assign",
        arrange: nextGroup,
        target: onIntune("POST", "/assign"),
        command: UP,
      },
      {
        name: "update an Intune policy",
        moment: "PUT",
        arrange: nextValue,
        target: onIntune("PUT"),
        command: UP,
      },
      {
        name: "refresh an Intune policy",
        moment: "GET",
        arrange: changeAllIntune,
        target: onIntune("GET", "/settings"),
        command: few(REFRESH),
        recovery: [REFRESH, UP],
      },
      {
        name: "update an Intune policy that has others' settings",
        moment: "GET",
        arrange: nextValue,
        target: onIntune("GET", "/settings"),
        command: few(UP),
      },
      {
        name: "destroy an Intune policy",
        moment: "DELETE",
        target: onIntune("DELETE"),
        command: DESTROY,
        isDestroy: true,
      },
    ],
  },
  {
    name: "Copilot's settings",
    kind: "setting",
    operations: [
      {
        name: "set a Copilot setting",
        moment: "PATCH",
        target: onSetting("PATCH"),
        command: UP,
      },
      {
        name: "set a Copilot setting again",
        moment: "PATCH",
        arrange: nextValue,
        target: onSetting("PATCH"),
        command: UP,
      },
      {
        name: "refresh a Copilot setting",
        moment: "GET",
        arrange: ({ emulator, subjects }) => changeSettings(emulator, subjects),
        target: onSetting("GET"),
        command: few(REFRESH),
        recovery: [REFRESH, UP],
      },
      {
        name: "undo a Copilot setting",
        moment: "PATCH",
        target: onSetting("PATCH"),
        command: DESTROY,
        isDestroy: true,
      },
    ],
  },
];
