"""What NumPy, or autograd over it, does in each row, when it is told to by a line of JSON. `python.py numpy|autograd DIR`."""
import importlib, json, os, sys, time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
which, folder = sys.argv[1], sys.argv[2]
sys.path.insert(0, folder)
import numpy

if which == "autograd":
    import autograd
    import autograd.numpy as np
    version = importlib.import_module("importlib.metadata").version("autograd")
else:
    np, version = numpy, numpy.__version__


def uniform(length):
    state, numbers = 12345, []
    for _ in range(length):
        state = (state * 1664525 + 1013904223) % 2**32
        numbers.append(state / 2**32)
    return numpy.array(numbers)


def normal(*shape):
    return (uniform(int(numpy.prod(shape))).reshape(shape) - 0.5) * 3.46


def programs(dtype):
    inputs, start = normal(64, 256).astype(dtype), normal(16, 64).astype(dtype)
    targets = numpy.eye(10, dtype=dtype)[numpy.arange(64) % 10]

    def mlp(parameters):
        first, offset, second, last = parameters
        hidden = np.tanh(np.dot(inputs, first) + offset)
        scores = np.dot(hidden, second) + last
        shifted = scores - np.max(scores, axis=1, keepdims=True)
        logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
        return -np.sum(targets * logs) / 64

    def lse(x):
        largest = np.max(x)
        return np.log(np.sum(np.exp(x - largest))) + largest

    def chain(x):
        for _ in range(1000):
            x = np.sin(x)
        return x

    def rnn(parameters):
        weights, offset = parameters
        state = start
        for _ in range(50):
            state = np.tanh(np.dot(state, weights) + offset)
        return np.sum(state * state)

    zeros = lambda n: numpy.zeros(n, dtype)
    return {
        "mlp": (mlp, ((normal(256, 128) / 16).astype(dtype), zeros(128), (normal(128, 10) / 11).astype(dtype), zeros(10))),
        "lse1e5": (lse, normal(100000).astype(dtype)),
        "chain1000": (chain, dtype(0.5)),
        "ros100": (rosenbrock, numpy.linspace(-1, 1, 100).astype(dtype)),
        "rnn50": (rnn, ((normal(64, 64) / 8).astype(dtype), zeros(64))),
    }


def rosenbrock(x):
    before, after = x[:-1], x[1:]
    return np.sum(100 * (after - before * before) ** 2 + (1 - before) ** 2)


def cases_of(dtype):
    name = dtype.__name__
    cases = {}
    for program, (f, x) in programs(dtype).items():
        cases[f"{program} forward {name}"] = lambda f=f, x=x: f(x)
        if which == "autograd":
            cases[f"{program} gradient {name}"] = lambda f=autograd.grad(f), x=x: f(x)
    if which == "autograd":
        hessian, x = autograd.hessian(rosenbrock), numpy.linspace(-1, 1, 100).astype(dtype)
        cases[f"ros100 hessian {name}"] = lambda: hessian(x)
        return cases
    x3, few, flat = numpy.array([1, 2, 3], dtype), uniform(1000).astype(dtype), million.astype(dtype)
    matrix = flat.reshape(1000, 1000)
    kernels = {
        "vec3 add": lambda: x3 + x3,
        "row add": lambda: matrix + few,
        "m + m.T": lambda: matrix + matrix.T,
        "sum axis 0": lambda: matrix.sum(0),
        "sum axis 1": lambda: matrix.sum(1),
        "cumsum 1e6": lambda: numpy.cumsum(flat),
        "sort 1e6": lambda: numpy.sort(flat),
    }
    for size, x in (("1e3", few), ("1e6", flat)):
        kernels[f"add {size}"] = lambda x=x: x + x
        kernels[f"mul {size}"] = lambda x=x: x * x
        kernels[f"exp {size}"] = lambda x=x: numpy.exp(x)
        kernels[f"sum {size}"] = lambda x=x: numpy.sum(x)
    place = numpy.zeros_like(flat)
    kernels["add 1e6, out"] = lambda: numpy.add(flat, flat, out=place)
    kernels["row add, out"] = lambda: numpy.add(matrix, few, out=place.reshape(1000, 1000))
    kernels["mul 1e6, out"] = lambda: numpy.multiply(flat, flat, out=place)
    for n in (64, 512, 1024):
        square = numpy.concatenate([flat, flat])[: n * n].reshape(n, n)
        # One array twice would be taken as a symmetric product, which is half the work.
        other = square.copy()
        kernels[f"matmul {n}"] = lambda a=square, b=other: a @ b
    return {**cases, **{f"{each} {name}": run for each, run in kernels.items()}}


def time_of(run, count):
    start = time.perf_counter()
    for _ in range(count):
        run()
    return (time.perf_counter() - start) * 1000


def sampled(name, ms):
    run = cases[name]
    while name not in calls:
        count = pending.setdefault(name, 1)
        spent = time_of(run, count)
        if spent >= ms:
            calls[name] = count
        pending[name] = int(count * min(10, max(1.5, 1.2 * ms / max(spent, 0.01)))) + 1
    return {"us": time_of(run, calls[name]) * 1000 / calls[name]}


def answer(value):
    print(json.dumps(value), flush=True)


calls, pending = {}, {}
million = uniform(1_000_000)
cases = {**cases_of(numpy.float64), **cases_of(numpy.float32)}
answer({"names": list(cases), "version": version})
for line in sys.stdin:
    asked = json.loads(line)
    answer(sampled(asked["name"], asked["ms"]))
