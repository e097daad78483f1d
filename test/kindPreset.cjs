// For mocha's --require: emulators are kind where a test does not say otherwise.
process.env.OFFICE_EMULATOR_PRESET = "kind";
