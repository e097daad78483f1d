/**
 * Ends a test that a mutant makes wait for ever: the mutant is noticed then. Without this limit Stryker ends
 * the process, and the next mutant loads all specs again in a new one.
 */
beforeEach(function limit() {
  this.currentTest.timeout(10_000);
});
