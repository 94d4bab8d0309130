# ranger's forests, timed from a matrix in memory to a model; the exchange is that of exchange.py.
#
#     Rscript forests.R THREADS

suppressMessages(library(ranger))
threads <- as.integer(commandArgs(trailingOnly = TRUE)[1])
input <- file("stdin", "r")

answer <- function(...) {
  cat(paste(c("ok=1", ...), collapse = "\t"), "\n", sep = "")
  flush(stdout())
}

read_cells <- function(command, part) {
  path <- file.path(command[["folder"]], paste0(part, ".cells"))
  columns <- as.integer(command[["columns"]])
  cells <- matrix(readBin(path, "numeric", file.size(path) / 4, size = 4), ncol = columns, byrow = TRUE)
  colnames(cells) <- paste0("x", seq_len(columns))
  cells
}

answer(paste0("version=ranger ", packageVersion("ranger")))
while (length(line <- readLines(input, 1)) > 0) {
  parts <- strsplit(line, "\t", fixed = TRUE)[[1]]
  command <- setNames(as.list(sub("^[^=]*=", "", parts)), sub("=.*", "", parts))
  if (command[["do"]] == "load") {
    classes <- as.integer(command[["classes"]])
    cells <- read_cells(command, "train")
    test_cells <- read_cells(command, "test")
    target <- readBin(file.path(command[["folder"]], "train.target"), "double", nrow(cells))
    if (classes > 0) target <- factor(target, levels = seq_len(classes) - 1)
    answer()
  } else {
    seconds <- system.time(forest <- ranger(
      x = cells, y = target, num.trees = as.integer(command[["trees"]]), mtry = as.integer(command[["max_features"]]),
      min.node.size = 1, oob.error = FALSE, num.threads = threads, seed = as.integer(command[["seed"]]), verbose = FALSE))[["elapsed"]]
    predicted <- predict(forest, test_cells, num.threads = threads)$predictions
    writeBin(if (classes > 0) as.double(as.character(predicted)) else as.double(predicted), command[["output"]])
    answer(sprintf("train=%.6f", seconds))
  }
}
