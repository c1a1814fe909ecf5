// Elements of one array or another, by conditions.
import { DTypeError, operations, sameShape, type Scalar, type Value } from "@cotangent/core";
import { aligned, asOperand, asValue, isArray, promotedOf, valueOf, wrapped, type ArrayLike } from "./arguments.ts";
import { unstack } from "./joining.ts";
import { settingsOf, type Settings } from "./settings.ts";
import { nonzero } from "./taking.ts";

/**
 * Elements of `x` where the condition is true, else of `y`; numbers that the dtype of the other can't hold are taken
 * modulo its size, as NumPy has it. Without these, the indices where it is true.
 */
export function where(condition: ArrayLike): readonly Value[];
export function where(condition: ArrayLike, x: ArrayLike, y: ArrayLike): Value;
export function where(condition: ArrayLike, x?: ArrayLike, y?: ArrayLike): Value | readonly Value[] {
  if (x === undefined && y === undefined) return nonzero(condition);
  if (x === undefined || y === undefined) throw new RangeError("where: takes a condition alone, or both x and y");
  if (isOne(condition, x, y)) return operations.select(condition as Value, x as Value, y as Value);
  const operands = [asOperand(x), asOperand(y)];
  const dtype = promotedOf(operands);
  const values = operands.map((each) => wrapped(each, dtype));
  const [test, yes, no] = aligned("where", [valueOf(asOperand(condition), "bool"), ...values]) as [Value, Value, Value];
  return operations.select(test, yes, no);
}

/** Whether operands are as the primitive takes them. */
function isOne(condition: ArrayLike, x: ArrayLike, y: ArrayLike): boolean {
  if (!isArray(condition) || !isArray(x) || !isArray(y)) return false;
  const isBool = condition.dtype === "bool";
  return isBool && x.dtype === y.dtype && sameShape(x.shape, y.shape) && sameShape(condition.shape, x.shape);
}

interface DefaultOption {
  readonly default?: ArrayLike;
}

/** Of the first condition that is true, the element of its choice; where none is, the default. */
export function select(
  conditions: readonly ArrayLike[],
  choices: readonly ArrayLike[],
  ...args: Settings<DefaultOption, ["default"]>
): Value {
  const { default: otherwise = 0 } = settingsOf<DefaultOption>("select", { default: true }, args);
  if (conditions.length !== choices.length) throw new RangeError("select: there are not as many choices as conditions");
  const operands = [otherwise, ...choices].map((each) => asOperand(each, "select"));
  const [last, ...values] = operands.map((each) => wrapped(each, promotedOf(operands)));
  if (last === undefined || values.length === 0) throw new RangeError("select: there are no conditions");
  const tests = conditions.map((each) => asValue(each));
  const other = tests.find(({ dtype }) => dtype !== "bool");
  if (other !== undefined) throw new DTypeError(`select: conditions are truth values, not ${other.dtype}`);
  return tests.reduceRight<Value>((rest, test, place) => where(test, values[place] ?? rest, rest), last);
}

/** What `piecewise` puts where a condition is true: a value, or a function of the elements there. */
export type Piece = Scalar | ((x: Value, ...args: readonly unknown[]) => ArrayLike);

/** Where a condition is true, what stands for it. One more piece than conditions is for where none is true. */
export function piecewise(
  x: ArrayLike,
  conditions: readonly ArrayLike[] | ArrayLike,
  pieces: readonly Piece[],
  ...args: readonly unknown[]
): Value {
  const value = asValue(x);
  const tests = listOfConditions(conditions, value.ndim);
  const isMore = pieces.length === tests.length + 1;
  if (!isMore && pieces.length !== tests.length) {
    throw new RangeError(`piecewise: ${tests.length} conditions need as many pieces, or one more`);
  }
  const otherwise: Piece = (isMore ? pieces[tests.length] : undefined) ?? 0;
  const evaluate = (piece: Piece) => asValue(typeof piece === "function" ? piece(value, ...args) : piece, value.dtype);
  const start = aligned("piecewise", [value, evaluate(otherwise)])[1] as Value;
  return tests.reduce<Value>((result, test, place) => where(test, evaluate(pieces[place] ?? 0), result), start);
}

function listOfConditions(conditions: readonly ArrayLike[] | ArrayLike, ndim: number): readonly ArrayLike[] {
  if (isArray(conditions)) return conditions.ndim > ndim ? unstack(conditions) : [conditions];
  const isList = Array.isArray(conditions) && (typeof conditions[0] === "object" || ndim === 0);
  return isList ? (conditions as readonly ArrayLike[]) : [conditions];
}
