#!/usr/bin/env python3
"""Makes the *.bin files beside this script: the real data sets that Ensembles.Datasets embeds.

Needs Debian 12 with python3-sklearn, r-cran-modeldata and r-cran-ggplot2:

    /usr/bin/python3 src/Ensembles.Datasets/Data/make_data.py [output folder]

Every cell keeps its source's value to the last bit, every table its source's order of rows and columns. Two runs
make the same bytes. The format is read by ColumnFile.cs and is, inside one zlib stream, little-endian throughout:

    "ENSD", u8 version (1), u32 rows, u16 columns, u16 index of the target column, then each column:
    text name, u8 kind, and
      kind 0, decimal   u8 places, i32 offset, codes:  value = (offset + code) / 10^places
      kind 1, table     u16 n, n x f64 values,  codes:  value = values[code]
      kind 2, category  u16 n, n x text,  codes:  the level is names[code]
    text   u16 length in bytes, UTF-8
    codes  u8 width in bytes (1, 2 or 4), then all lowest bytes, then all second bytes ...: such planes compress better
           than whole numbers; the largest code of the width (all ones) means missing

It prints the size and a fingerprint of each set, which the tests hold the reader to: the start of the SHA-256 of all cells
as the source gave them, column by column, as little-endian doubles (categories by their codes; eight bytes 0xFF = missing).

A decimal is exact because the quotient of two exactly represented numbers is the double nearest to the decimal.
"""
import csv
import hashlib
import io
import math
import struct
import subprocess
import sys
import zlib
from pathlib import Path

from sklearn import datasets

R_SCRIPT = r"""
args <- commandArgs(trailingOnly = TRUE)
environment <- new.env()
if (args[1] == "ggplot2") {
  table <- as.data.frame(ggplot2::diamonds)
} else {
  data(list = args[2], package = args[1], envir = environment)
  table <- as.data.frame(get(args[2], envir = environment))
}
for (name in names(table)) {
  column <- table[[name]]
  kind <- if (is.factor(column)) "factor" else "number"
  cells <- if (is.factor(column)) as.integer(column) - 1L else ifelse(is.na(column), NA, sprintf("%.17g", column))
  cells[is.na(cells)] <- ""
  write.table(t(c(name, kind, length(levels(column)), levels(column), cells)),
              sep = ",", qmethod = "double", row.names = FALSE, col.names = FALSE)
}
"""


def text(value):
    encoded = value.encode("utf-8")
    return struct.pack("<H", len(encoded)) + encoded


def codes(values):
    """The codes (None = missing) as byte planes, as narrow as they and the missing mark fit."""
    largest = max(value for value in values if value is not None)
    width = next(width for width in (1, 2, 4) if largest < 256**width - 1)
    mark = 256**width - 1
    filled = [mark if value is None else value for value in values]
    planes = b"".join(bytes(value >> 8 * plane & 255 for value in filled) for plane in range(width))
    return struct.pack("<B", width) + planes


def number_column(name, values):
    """A column of doubles (None = missing), as decimals where that is exact."""
    present = [value for value in values if value is not None]
    assert all(math.isfinite(value) for value in present)
    for places in range(7):
        scale = 10**places
        scaled = [None if value is None else round(value * scale) for value in values]
        exact = all(value is None or number / scale == value for number, value in zip(scaled, values))
        known = [number for number in scaled if number is not None]
        if exact and max(abs(number) for number in known) < 2**31:
            offset = min(known)
            shifted = [None if number is None else number - offset for number in scaled]
            return text(name) + struct.pack("<BBi", 0, places, offset) + codes(shifted)
    distinct = sorted(set(present))
    position = {value: index for index, value in enumerate(distinct)}
    assert all(math.copysign(1, value) > 0 for value in present if value == 0), "negative zero"
    return (text(name) + struct.pack("<BH", 1, len(distinct)) + struct.pack(f"<{len(distinct)}d", *distinct)
            + codes([None if value is None else position[value] for value in values]))


def category_column(name, names, values):
    return text(name) + struct.pack("<BH", 2, len(names)) + b"".join(text(level) for level in names) + codes(values)


def fingerprint(columns):
    digest = hashlib.sha256()
    for values in columns:
        for value in values:
            digest.update(b"\xff" * 8 if value is None else struct.pack("<d", value))
    return digest.hexdigest()[:16]


def write(folder, name, target, columns):
    """Writes a table whose columns are (name, names of the categories or None for numbers, values)."""
    encoded = [number_column(column, values) if levels is None else category_column(column, levels, values)
               for column, levels, values in columns]
    rows = len(columns[0][2])
    body = b"ENSD" + struct.pack("<BIHH", 1, rows, len(columns), target) + b"".join(encoded)
    packed = zlib.compress(body, 9)
    (folder / f"{name}.bin").write_bytes(packed)
    print(f"{name:14} {rows:6} x {len(columns):2}  {len(body):8} -> {len(packed):7} bytes  "
          f"{fingerprint(values for _, _, values in columns)}")


def from_sklearn(folder, name, bunch, target_name):
    columns = [(str(feature), None, bunch.data[:, index].tolist()) for index, feature in enumerate(bunch.feature_names)]
    labels = [str(label) for label in bunch.target_names] if "target_names" in bunch else None
    columns.append((target_name, labels, bunch.target.tolist()))
    write(folder, name, len(columns) - 1, columns)


def from_r(folder, name, package, table, target):
    output = subprocess.run(["Rscript", "-e", R_SCRIPT, package, table], check=True, capture_output=True).stdout
    csv.field_size_limit(2**30)
    columns = []
    for column, kind, levels, *cells in csv.reader(io.StringIO(output.decode("utf-8"))):
        labels, cells = cells[:int(levels)], cells[int(levels):]
        read = float if kind == "number" else int
        columns.append((column, None if kind == "number" else labels, [read(cell) if cell else None for cell in cells]))
    write(folder, name, [column for column, _, _ in columns].index(target), columns)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    from_sklearn(folder, "iris", datasets.load_iris(), "species")
    from_sklearn(folder, "wine", datasets.load_wine(), "cultivar")
    from_sklearn(folder, "breast-cancer", datasets.load_breast_cancer(), "diagnosis")
    from_sklearn(folder, "digits", datasets.load_digits(), "digit")
    from_sklearn(folder, "diabetes", datasets.load_diabetes(scaled=True), "progression")
    from_r(folder, "credit-data", "modeldata", "credit_data", "Status")
    from_r(folder, "telco-churn", "modeldata", "wa_churn", "churn")
    from_r(folder, "diamonds", "ggplot2", "diamonds", "price")


if __name__ == "__main__":
    main()
