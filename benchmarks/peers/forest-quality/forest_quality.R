# Grows ranger's forests on the splits of a job file and writes what they reach.
#
#     Rscript forest_quality.R JOBS.csv RESULTS.csv
#
# Only jobs with the same parameters on all sides. ranger draws its features per node and does not draw again where all that it drew
# are constant in the node, and a random threshold of its extra-trees is drawn from the values of the node's feature at random.
# The program Ensembles.Peers writes the job file and calls this script.

suppressMessages(library(ranger))
arguments <- commandArgs(trailingOnly = TRUE)
jobs <- read.csv(arguments[1], stringsAsFactors = FALSE)
jobs <- jobs[jobs$parameters == "same", ]

read_part <- function(job, part) {
  rows <- job[[paste0(part, "_rows")]]
  cells <- readBin(file.path(job$folder, paste0(part, ".features")), "double", rows * job$columns)
  target <- readBin(file.path(job$folder, paste0(part, ".target")), "double", rows)
  data <- as.data.frame(matrix(cells, rows, job$columns))
  data$target <- if (job$task == "classification") factor(target, levels = 0:(job$classes - 1)) else target
  data
}

error_of <- function(job, predicted, target) {
  if (job$task == "regression") return(sqrt(mean((predicted - target)^2)))
  covered <- !is.nan(predicted[, 1])
  mean(max.col(predicted[covered, ], "first") != as.integer(target)[covered])
}

measure <- function(job) {
  train <- read_part(job, "train")
  test <- read_part(job, "test")
  extra <- job$forest == "extra-trees"
  forest <- ranger(
    dependent.variable.name = "target", data = train, num.trees = job$trees, mtry = job$features_per_node, min.node.size = 1,
    replace = job$bootstrap == 1, probability = job$task == "classification", seed = job$seed, num.threads = 1, verbose = FALSE,
    splitrule = if (extra) "extratrees" else if (job$task == "classification") "gini" else "variance", num.random.splits = 1)
  order <- if (job$task == "classification") as.character(0:(job$classes - 1))
  columns <- function(predicted) if (job$task == "classification") predicted[, order] else predicted
  predicted <- columns(predict(forest, test, num.threads = 1)$predictions)
  brier <- ""
  if (job$task == "classification") {
    truth <- diag(job$classes)[as.integer(test$target), ]
    brier <- sprintf("%.9g", mean(rowSums((predicted - truth)^2)))
  }
  c(sprintf("%.9g", error_of(job, predicted, test$target)),
    sprintf("%.9g", error_of(job, columns(forest$predictions), train$target)),
    brier)
}

lines <- "set,forest,parameters,library,seed,test_error,oob_error,test_brier"
for (i in seq_len(nrow(jobs))) {
  job <- jobs[i, ]
  lines <- c(lines, paste(c(job$set, job$forest, job$parameters, "ranger", job$seed, measure(job)), collapse = ","))
  cat(sprintf("ranger: %s, %s, split %d\n", job$set, job$forest, job$seed))
}
writeLines(lines, arguments[2])
