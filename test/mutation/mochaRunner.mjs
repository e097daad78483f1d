/**
 * Stryker's mocha runner, made to find the files of mocha 12, whose names end in `.cjs`.
 * Goes when https://github.com/stryker-mutator/stryker-js/pull/6205 is released.
 */
import Module from "node:module";

Module._extensions[".cjs"] ??= Module._extensions[".js"];

export const { strykerPlugins, strykerValidationSchema } = await import(
  "@stryker-mutator/mocha-runner"
);
