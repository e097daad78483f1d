/**
 * Why there is no token, in this package's own words: the problem and what to do. Internal: callers see a
 * CredentialError with the same message.
 */
export class SignInProblem extends Error {
  override name: string = "SignInProblem";
}
