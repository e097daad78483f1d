/**
 * Reads request bodies by a schema.
 *
 * @module
 */
import { z } from "zod";
import { readText } from "./connection";
import { badRequest, GraphError } from "./errors";

/** An Edm.Int32. */
export const int32 = z.int().min(-2_147_483_648).max(2_147_483_647);

/**
 * An object in a body; unknown properties are refused. Annotations are accepted: OData lets a client send
 * back those that it does not understand.
 *
 * @see https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html
 */
export function strictBody<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(withoutAnnotations, z.strictObject(shape));
}

function withoutAnnotations(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).filter(([key]) => key === "@odata.type" || !key.includes("@")),
  );
}

/** Reads a JSON body by a schema. Throws Graph's 400 that names the problem. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) {
    throw new GraphError(415, "UnsupportedMediaType", `The content type '${type}' is not JSON.`);
  }
  const text = await readText(request);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw badRequest("Unable to read JSON request payload.");
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = issue?.path.join(".") ?? "";
  throw badRequest(`Invalid request body${at === "" ? "" : ` at '${at}'`}: ${issue?.message}.`);
}
