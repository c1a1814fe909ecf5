// Loops around kernels.

/**
 * Runs a kernel (by its place in the table) for each row of a loop with `ndim` axes. At `loop` lie, as int32, the
 * lengths of the axes from the outermost in, then for the result and each operand the distances in bytes along them,
 * then room for as many counters. The innermost axis is the kernel's.
 */
export function each(kernel: i32, ndim: i32, loop: usize, out: usize, a: usize, b: usize, c: usize): void {
  const row = ndim << 2;
  const so = loop + row;
  const sa = so + row;
  const sb = sa + row;
  const sc = sb + row;
  const counters = sc + row;
  const last = row - 4;
  const n = load<i32>(loop + last);
  const o = load<i32>(so + last);
  const x = load<i32>(sa + last);
  const y = load<i32>(sb + last);
  const z = load<i32>(sc + last);
  memory.fill(counters, 0, row);
  for (;;) {
    call_indirect<void>(kernel, n, out, o, a, x, b, y, c, z);
    let axis = last - 4;
    for (; axis >= 0; axis -= 4) {
      const length = load<i32>(loop + axis);
      const counter = load<i32>(counters + axis) + 1;
      if (counter < length) {
        store<i32>(counters + axis, counter);
        out += load<i32>(so + axis);
        a += load<i32>(sa + axis);
        b += load<i32>(sb + axis);
        c += load<i32>(sc + axis);
        break;
      }
      store<i32>(counters + axis, 0);
      const back = length - 1;
      out -= load<i32>(so + axis) * back;
      a -= load<i32>(sa + axis) * back;
      b -= load<i32>(sb + axis) * back;
      c -= load<i32>(sc + axis) * back;
    }
    if (axis < 0) return;
  }
}
