// Elementwise functions of complex numbers, whose real and imaginary parts lie side by side.

export const enum Complex {
  AddComplex,
  SubComplex,
  MulComplex,
  DivComplex,
}

// @ts-ignore: decorator
@inline
export function zipComplex<T>(op: i32, n: i32, out: usize, a: usize, sa: i32, b: usize, sb: i32): void {
  const part = sizeof<T>();
  for (let left = n; left > 0; left--) {
    const xr = load<T>(a);
    const xi = load<T>(a + part);
    const yr = load<T>(b);
    const yi = load<T>(b + part);
    if (op == Complex.AddComplex) {
      store<T>(out, <T>(xr + yr));
      store<T>(out + part, <T>(xi + yi));
    } else if (op == Complex.SubComplex) {
      store<T>(out, <T>(xr - yr));
      store<T>(out + part, <T>(xi - yi));
    } else if (op == Complex.MulComplex) {
      store<T>(out, <T>(xr * yr - xi * yi));
      store<T>(out + part, <T>(xr * yi + xi * yr));
    } else divide<T>(out, xr, xi, yr, yi);
    out += 2 * part;
    a += sa;
    b += sb;
  }
}

// Smith's method, as NumPy has it.
// @ts-ignore: decorator
@inline
function divide<T>(out: usize, xr: T, xi: T, yr: T, yi: T): void {
  const part = sizeof<T>();
  if (abs<T>(yr) >= abs<T>(yi)) {
    if (yr == 0 && yi == 0) {
      store<T>(out, <T>(xr / abs<T>(yr)));
      store<T>(out + part, <T>(xi / abs<T>(yr)));
      return;
    }
    const ratio = <T>(yi / yr);
    const scale = <T>(<T>1 / (yr + yi * ratio));
    store<T>(out, <T>((xr + xi * ratio) * scale));
    store<T>(out + part, <T>((xi - xr * ratio) * scale));
  } else {
    const ratio = <T>(yr / yi);
    const scale = <T>(<T>1 / (yi + yr * ratio));
    store<T>(out, <T>((xr * ratio + xi) * scale));
    store<T>(out + part, <T>((xi * ratio - xr) * scale));
  }
}
