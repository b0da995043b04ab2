# Writes models of R whose formulas are made of more than columns, and which columns R's own predict asks for.
#
# Rscript r_formulas.R [--output FOLDER]; needs Debian's r-base-core with r-cran-jsonlite and r-cran-nlme.

suppressPackageStartupMessages({ library(jsonlite); library(nlme); library(splines) })

arguments <- commandArgs(trailingOnly = TRUE)
script <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
root <- if (length(arguments) > 1) arguments[2] else file.path(dirname(normalizePath(script)), "..")
one <- function(value) unbox(value)

set.seed(1)
samples <- data.frame(ndvi = round(runif(40), 3), depth = round(runif(40, 1, 9), 2), area = round(runif(40, 1, 4), 2),
                      plot = factor(rep(1:8, 5)), soil = factor(rep(c("clay", "sand"), 20)))
samples$height <- round(3 * samples$ndvi + samples$depth + as.integer(samples$plot) / 4 + rnorm(40, sd = 0.2), 3)
samples$trees <- rpois(40, 9)

# `predict` works with these columns and no others, and not without any of them; a curve keeps its own table.
check <- function(model, columns) {
  predict(model, newdata = samples[columns])
  if (!inherits(model, "nls")) for (name in columns) {
    lacking <- samples[setdiff(columns, name)]
    failed <- tryCatch({ values <- predict(model, newdata = lacking); all(is.na(values)) }, error = function(e) TRUE)
    stopifnot(failed)
  }
}

write <- function(name, how, model, columns, packages = character(), verdict = "data-only", ...) {
  check(model, columns)
  path <- file.path(root, "rds", paste0(name, ".rds"))
  saveRDS(model, path, compress = "xz")
  written <- list(R = one(as.character(getRversion())))
  for (package in packages) written[[package]] <- one(as.character(packageVersion(package)))
  record <- list(verdict = one("model"), facts = list(architecture = one(class(model)[1]), tasks = I("regression"),
    inputs = list(list(name = one("newdata"), shape = c(-1, length(columns)),
      features = lapply(columns, function(each) list(name = one(each))))), ...), loading = list(verdict = one(verdict)))
  document <- list(written_by = written, how = one(how), record = record, payload = list())
  writeLines(toJSON(document, pretty = 2, digits = NA, null = "null"), file.path(root, "rds", paste0(name, ".truth.json")))
}

groups <- function(...) list(grouping_factors = I(c(...)))

write("lm_calls", "lm of functions of columns, a constant of R, an interaction and knots that a variable held",
  local({ knots <- 4; lm(height ~ log(ndvi + 1) + soil + I(depth * pi) + poly(area, 2) + ns(trees, knots = knots) + soil:depth, samples) }),
  c("ndvi", "soil", "depth", "area", "trees"))
write("lm_outside", "lm with a column of another table and a number of the function it was called in",
  local({ other <- samples; scale <- 2; lm(height ~ other$depth + I(ndvi * scale), samples) }), "ndvi")
write("glm_offset", "glm with an offset of a column",
  glm(trees ~ ndvi + offset(log(area)), poisson, samples), c("ndvi", "area"), verdict = "needs-code")
write("lme", "lme of nlme: fixed effects, a random slope and a group",
  lme(height ~ depth, random = ~ 1 | plot, data = samples), c("depth", "plot"), "nlme", hyperparameters = groups("plot"))
write("lme_nested", "lme of nlme with groups in groups",
  lme(height ~ depth + ndvi, random = ~ 1 | plot/soil, data = samples), c("depth", "ndvi", "plot", "soil"), "nlme",
  hyperparameters = groups("plot", "soil"))
write("nlme", "nlme of nlme: a curve whose parameters differ by group",
  nlme(height ~ start + slope * depth, fixed = start + slope ~ 1, random = start ~ 1 | plot, data = samples,
       start = c(start = 1, slope = 1)), c("depth", "plot"), "nlme", verdict = "needs-code",
  hyperparameters = groups("plot"))
write("nls", "nls: a curve", nls(height ~ start + slope * depth^2, samples, start = list(start = 1, slope = 1)), "depth",
  verdict = "needs-code")
