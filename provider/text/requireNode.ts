/**
 * Ends a program on a Node that is too old, before it ends on something that such a Node lacks.
 *
 * @module
 */
import { nodeProblem } from "./nodeVersion";

const problem = nodeProblem();
if (problem !== undefined) throw new Error(problem);
