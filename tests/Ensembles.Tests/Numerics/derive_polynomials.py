"""Derives the polynomial coefficients of DeterministicMath (needs mpmath; not needed to build or test).

Each function is interpolated at Chebyshev nodes with 60 digits and every coefficient is then rounded to the nearest double.
"""
import struct
from mpmath import mp, mpf, chebyfit, exp, log, sqrt, atanh, taylor

mp.dps = 60


def show(name, coefficients):
    print(name)
    for power, c in enumerate(coefficients):
        d = float(c)
        bits = struct.unpack("<Q", struct.pack("<d", d))[0]
        print(f"  {power}: {d!r}  0x{bits:016X}")


def exp_tail(r):
    """(e^r - 1 - r - r^2/2) / r^3"""
    if abs(r) < mpf(10) ** -6:
        return sum(r**i / mp.factorial(i + 3) for i in range(12))
    return (exp(r) - 1 - r - r * r / 2) / r**3


def log_tail(z):
    """(log(1 + f) - 2 s) / (s z), s = f / (2 + f), z = s^2: that is 2/3 + 2/5 z + 2/7 z^2 + ..."""
    if z < mpf(10) ** -8:
        return sum(2 * z**i / (2 * i + 3) for i in range(9))
    s = sqrt(z)
    return (2 * atanh(s) - 2 * s) / (s * z)


half_ln2 = log(2) / 2 * mpf("1.0001")
c, err = chebyfit(exp_tail, [-half_ln2, half_ln2], 10, error=True)
show(f"exp tail, error {mp.nstr(err, 3)}", c[::-1])

s_max = (sqrt(2) - 1) / (sqrt(2) + 1) * mpf("1.0001")
c, err = chebyfit(log_tail, [0, s_max**2], 7, error=True)
show(f"log tail, error {mp.nstr(err, 3)}", c[::-1])


def split(name, value, low_bits):
    high = float(value)
    bits = struct.unpack("<Q", struct.pack("<d", high))[0] & ~((1 << low_bits) - 1)
    high = struct.unpack("<d", struct.pack("<Q", bits))[0]
    show(name, [high, value - mpf(high)])


split("ln 2, high part with 32 zero bits, and the rest", log(2), 32)
split("1 / ln 2, high part with 32 zero bits, and the rest", 1 / log(2), 32)
show("1 / ln 2", [1 / log(2)])
show("sqrt(1/2)", [sqrt(mpf(1) / 2)])
