import { z } from "zod";
import { oneLine } from "../../provider/text/messageText";
import type { MaxChanges } from "./guards";
import type { Shard } from "./stacks";

/** A wrong value in a message. */
export const shown = (input: unknown) => `'${oneLine(String(input), 40)}'`;

/** A number from one on. */
export const wholeNumber = (flag: string, most: number) =>
  z
    .string()
    .refine((text) => /^[1-9]\d{0,5}$/.test(text) && Number(text) <= most, {
      error: ({ input }) => `${flag} must be a whole number from 1 to ${most}, not ${shown(input)}`,
    })
    .transform(Number);

const SHARD = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/;

const shard = z.string().transform((text, context): Shard => {
  const [, index, of] = SHARD.exec(text) ?? [];
  if (index !== undefined && Number(index) <= Number(of)) {
    return { index: Number(index), of: Number(of) };
  }
  context.addIssue(`--shard must be a part such as 2/5, not ${shown(text)}`);
  return z.NEVER;
});

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** A time, in milliseconds. */
export const time = (flag: string) =>
  z.string().transform((text, context) => {
    const [, count, unit] = /^([1-9]\d{0,4})([smh])$/.exec(text) ?? [];
    const ms = Number(count) * UNITS[(unit ?? "s") as keyof typeof UNITS];
    // setTimeout's longest wait is 24 days.
    if (count !== undefined && ms <= 24 * UNITS.h) return ms;
    context.addIssue(
      `${flag} must be a time such as 90s, 20m or 2h, at most 24h, not ${shown(text)}`,
    );
    return z.NEVER;
  });

const maxChanges = z.string().transform((text, context): MaxChanges => {
  if (/^\d{1,9}$/.test(text)) return { count: Number(text) };
  const [, percent] = /^(\d{1,3}(?:\.\d{1,3})?)%$/.exec(text) ?? [];
  if (percent !== undefined && Number(percent) <= 100) return { percent: Number(percent) };
  context.addIssue(`--max-changes must be a number, or a part such as 5%, not ${shown(text)}`);
  return z.NEVER;
});

/** The form of a result. */
export const resultFormat = z
  .enum(["table", "json", "markdown", "junit"], {
    error: ({ input }) => `--format must be table, json, markdown or junit, not ${shown(input)}`,
  })
  .default("table");

/** The options of all `fleet` commands that run. */
export const fleetOptionsSchema = z.object({
  stacks: z.array(z.string()).default([]),
  cwd: z.string().default("."),
  fleet: z.string().optional(),
  tag: z.string().min(1, { error: "--tag must name a tag" }).optional(),
  shard: shard.optional(),
  only: z
    .literal("failed", { error: ({ input }) => `--only must be failed, not ${shown(input)}` })
    .optional(),
  resume: z.boolean().default(false),
  record: z.string().optional(),
  parallel: wholeNumber("--parallel", 256).default(4),
  timeLimit: time("--time-limit").default(30 * UNITS.m),
  canary: z.array(z.string()).default([]),
  stopAfter: wholeNumber("--stop-after", 100_000).optional(),
  refresh: z.boolean().default(false),
  expectNoChanges: z.boolean().default(false),
  policyPack: z.array(z.string().min(1, { error: "--policy-pack must name a folder" })).default([]),
  policyPackConfig: z
    .array(z.string().min(1, { error: "--policy-pack-config must name a file" }))
    .default([]),
  preview: z.string().optional(),
  maxChanges: maxChanges.optional(),
  yes: z.boolean().default(false),
  yesDestroy: z.string().optional(),
  format: resultFormat,
  save: z.string().optional(),
  catalogue: z.string().optional(),
});

/** The options of a `fleet` command. */
export type FleetOptions = z.infer<typeof fleetOptionsSchema>;
