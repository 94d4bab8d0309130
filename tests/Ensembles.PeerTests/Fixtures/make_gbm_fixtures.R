#!/usr/bin/env Rscript
# Writes gbm.json.gz: what R's gbm (2.1.8.1, Debian's r-cran-gbm) gives on generated data without ties. Needs jsonlite.
#
# "whole": bag.fraction = 1, so nothing is drawn: the training errors of all rounds and the scores of all rows.
# "sampled": rows are drawn at random in both libraries. By seed, after every tenth round, the sum of the out-of-bag improvements and
# the mean loss of the test rows.
suppressMessages(library(gbm))
library(jsonlite)

features <- function(seed, rows) {
  set.seed(seed)
  x <- as.data.frame(lapply(1:5, function(c) round(rnorm(rows), 8)))
  names(x) <- paste0("x", 1:5)
  stopifnot(all(sapply(x, function(column) length(unique(column)) == rows)))
  x
}

targets <- function(x, distribution) {
  centre <- x$x1^2 + x$x2 * x$x3 + 0.7 * x$x4 + sin(2 * x$x1)
  noise <- rnorm(nrow(x))
  if (distribution == "gaussian") round(centre + 0.5 * noise, 4) else as.integer(centre + 0.8 * noise > 0.8)
}

loss <- function(distribution, y, score) {
  switch(distribution,
    gaussian = mean((y - score)^2),
    bernoulli = mean(2 * (log(1 + exp(score)) - y * score)),
    adaboost = mean(exp(-(2 * y - 1) * score)))
}

fit <- function(x, y, weights, distribution, rounds, splits, rate, share) {
  gbm.fit(x, y, distribution = distribution, w = weights, n.trees = rounds, interaction.depth = splits, n.minobsinnode = 10,
    shrinkage = rate, bag.fraction = share, nTrain = nrow(x), keep.data = FALSE, verbose = FALSE)
}

whole <- function(name, distribution, seed, splits, rate = 0.1, rounds = 30, weighted = FALSE) {
  x <- features(seed, 300)
  y <- targets(x, distribution)
  weights <- if (weighted) round(runif(300, 0.2, 3), 3) else rep(1, 300)
  model <- fit(x, y, weights, distribution, rounds, splits, rate, 1)
  cat(name, model$train.error[c(1, rounds)], "\n")
  list(name = unbox(name), distribution = unbox(distribution), splits = unbox(splits), rate = unbox(rate), rounds = unbox(rounds),
    columns = unname(as.list(x)), targets = y, weights = if (weighted) weights else NULL, start = unbox(model$initF),
    losses = model$train.error, scores = predict(model, x, n.trees = rounds, type = "link"))
}

sampled <- function(name, distribution, seed, splits, rounds = 60, seeds = 40) {
  x <- features(seed, 700)
  y <- targets(x, distribution)
  train <- 1:300
  every <- seq(10, rounds, 10)
  runs <- lapply(1:seeds, function(draw) {
    set.seed(draw)
    model <- fit(x[train, ], y[train], rep(1, 300), distribution, rounds, splits, 0.1, 0.5)
    scores <- predict(model, x[-train, ], n.trees = every, type = "link")
    list(improvements = cumsum(model$oobag.improve)[every],
      losses = apply(scores, 2, function(score) loss(distribution, y[-train], score)))
  })
  cat(name, rowMeans(sapply(runs, function(run) run$improvements)), "\n")
  list(name = unbox(name), distribution = unbox(distribution), splits = unbox(splits), rounds = unbox(rounds), trainRows = unbox(300),
    columns = unname(as.list(x)), targets = y, improvements = lapply(runs, function(run) run$improvements),
    testLosses = lapply(runs, function(run) unname(run$losses)))
}

fixtures <- list(
  gbm = unbox(as.character(packageVersion("gbm"))),
  whole = list(
    whole("gaussian, one split", "gaussian", 1, 1),
    whole("gaussian, three splits, weights", "gaussian", 2, 3, weighted = TRUE),
    whole("bernoulli, two splits", "bernoulli", 3, 2),
    whole("bernoulli, four splits, weights, fast", "bernoulli", 4, 4, rate = 0.4, weighted = TRUE),
    whole("adaboost, two splits", "adaboost", 5, 2)),
  sampled = list(
    sampled("gaussian, one split", "gaussian", 6, 1),
    sampled("gaussian, four splits", "gaussian", 7, 4),
    sampled("bernoulli, two splits", "bernoulli", 8, 2),
    sampled("adaboost, two splits", "adaboost", 9, 2)))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
file <- gzfile(file.path(dirname(script), "gbm.json.gz"), "w", compression = 9)
writeLines(toJSON(fixtures, digits = NA, null = "null"), file)
close(file)
