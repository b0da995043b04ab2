# Writes models of R whose formulas are made of more than columns, and which columns R's own predict asks for.
#
# Rscript r_formulas.R [--output FOLDER]; needs Debian's r-base-core with r-cran-jsonlite, r-cran-nlme,
# r-cran-gbm, r-cran-mass, r-cran-kernlab and r-cran-mclust.

suppressPackageStartupMessages({
  library(jsonlite); library(nlme); library(splines); library(gbm); library(MASS); library(kernlab); library(mclust)
})

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

# `columns` NULL: the file does not say what they are.
write <- function(name, how, model, columns, packages = character(), verdict = "data-only", tasks = I("regression"),
                  findings = list(), check_with = check, labels = NULL, ...) {
  if (!is.null(columns)) check_with(model, columns)
  path <- file.path(root, "rds", paste0(name, ".rds"))
  saveRDS(model, path, compress = "xz")
  written <- list(R = one(as.character(getRversion())))
  for (package in packages) written[[package]] <- one(as.character(packageVersion(package)))
  inputs <- if (!is.null(columns)) list(list(name = one("newdata"), shape = c(-1, length(columns)),
    features = lapply(columns, function(each) list(name = one(each)))))
  outputs <- if (!is.null(labels)) list(outputs = list(list(labels = labels)))
  record <- list(verdict = one("model"), facts = c(list(architecture = one(class(model)[1]), tasks = tasks, inputs = inputs, ...),
    outputs), loading = list(verdict = one(verdict)))
  if (length(findings)) record$findings <- lapply(findings, function(code) list(code = one(code)))
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

# Whether k is a column or was a number of the session, nothing in the file says.
k <- 2
write("lm_session", "lm with a number of the session in a formula",
  lm(height ~ soil + I(ndvi * k), samples), NULL, findings = "r.columns-unproven")
named <- data.frame(height = samples$height, data = samples$ndvi + 1, weights = samples$depth)
write("lm_locals", "lm with columns called like arguments of the function that fits",
  (function(data, weights = NULL) lm(height ~ log(data) + sqrt(weights), data = data))(named), c("data", "weights"),
  verdict = "needs-code", check_with = function(model, columns) predict(model, named[columns]))
write("lm_subclass", "lm in a class of somebody's own", structure(lm(height ~ ndvi, samples), class = c("own_fit", "lm")), "ndvi",
  tasks = NULL, framework = one("R"), findings = "r.unknown-class")
write("glm_offset_argument", "glm with an offset that is an argument of the call",
  glm(trees ~ ndvi, poisson, samples, offset = log(area)), c("ndvi", "area"), verdict = "needs-code")
write("gbm_formula", "gbm of a function of a column",
  gbm(height ~ log(ndvi + 1) + soil, data = samples, n.trees = 3, distribution = "gaussian", n.minobsinnode = 5), c("ndvi", "soil"),
  "gbm", check_with = function(model, columns) predict(model, samples[columns], n.trees = 3), verdict = "needs-code")
only <- function(predictor) function(model, columns) predictor(model, samples[columns])
write("lda", "lda of MASS", lda(soil ~ ndvi + log(depth), samples), c("ndvi", "depth"), "MASS", tasks = I("classification"),
  labels = levels(samples$soil), check_with = only(function(model, table) predict(model, table)$class))
write("ksvm", "ksvm of kernlab: an object of S4", ksvm(soil ~ ndvi + depth, samples), c("ndvi", "depth"), "kernlab",
  tasks = I("classification"), labels = levels(samples$soil), check_with = only(predict), verdict = "needs-code")
write("mclust", "Mclust of mclust", Mclust(samples[c("ndvi", "depth")], verbose = FALSE), c("ndvi", "depth"), "mclust",
  tasks = NULL, framework = one("mclust"), check_with = only(predict))
write("princomp", "princomp", princomp(samples[c("ndvi", "depth")]), c("ndvi", "depth"), tasks = NULL, check_with = only(predict))
