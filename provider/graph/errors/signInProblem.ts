/**
 * Why there is no token, in this package's own words: what is wrong and what to do about it. Stays
 * inside: callers see a CredentialError with its message.
 */
export class SignInProblem extends Error {
  override name: string = "SignInProblem";
}
