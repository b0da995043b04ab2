# Writes models of R with saveRDS and save, in every way that R writes them, and what R itself says of each.
#
# Rscript r_models.R [--output FOLDER]; needs Debian's r-base-core and the packages below.

suppressPackageStartupMessages({
  library(jsonlite); library(randomForest); library(ranger); library(rpart); library(nnet); library(e1071)
  library(glmnet); library(gbm); library(mgcv); library(lme4); library(caret); library(MASS)
})

arguments <- commandArgs(trailingOnly = TRUE)
script <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
root <- if (length(arguments) > 1) arguments[2] else file.path(dirname(normalizePath(script)), "..")

set.seed(1)
samples <- data.frame(ndvi = round(runif(40), 3), depth = round(runif(40, 1, 9), 2),
                      soil = factor(rep(c("clay", "sand", "peat", "silt"), 10)))
samples$height <- round(3 * samples$ndvi + samples$depth + rnorm(40, sd = 0.1), 3)
samples$cover <- factor(ifelse(samples$ndvi > 0.6, "forest", ifelse(samples$depth > 5, "water", "bare")))
samples$wet <- samples$depth > 4
samples$plot <- factor(rep(1:8, 5))

version_of <- function(package) as.character(packageVersion(package))
one <- function(value) unbox(value)
none <- structure(list(), names = character())

# The columns of a data frame that a model takes, by R's own terms.
columns <- function(frame) lapply(names(frame), function(name) {
  column <- frame[[name]]
  type <- if (is.factor(column) || is.character(column)) "string" else if (is.logical(column)) "bool" else "float64"
  c(list(name = one(name), data_type = one(type)), if (is.factor(column)) list(categories = levels(column)))
})

truth <- function(path, how, record, packages = character()) {
  written <- list(R = one(as.character(getRversion())))
  for (package in packages) written[[package]] <- one(version_of(package))
  document <- list(written_by = written, how = one(how), record = record, payload = list())
  place <- sub("\\.[A-Za-z.]+$", ".truth.json", path)
  writeLines(toJSON(document, pretty = 2, digits = NA, null = "null"), place)
}

target <- function(folder, name) {
  path <- file.path(root, folder, name)
  dir.create(dirname(path), showWarnings = FALSE, recursive = TRUE)
  path
}

# What is the same for every model: its class, its call, the R that wrote it.
facts <- function(model, framework, ...) {
  metadata <- list(class = as.list(class(model)))
  metadata$class <- lapply(metadata$class, one)
  call <- if (isS4(model)) model@call else model$call
  if (!is.null(call)) metadata$call <- one(paste(trimws(deparse(call, width.cutoff = 500)), collapse = " "))
  c(list(framework = one(framework), producer = list(name = one("R"), version = one(as.character(getRversion()))),
         metadata = metadata), list(...))
}

# Writes a model, reads it again and says whether it is the same one.
rds <- function(name, how, model, record, packages = character(), ...) {
  path <- target("rds", name)
  saveRDS(model, path, ...)
  stopifnot(identical(class(readRDS(path)), class(model)))
  truth(path, how, c(list(verdict = one("model")), record), packages)
}

# Models keep the environment of their formula; nothing of this script is to be in it.
clean <- function(expression) eval(substitute(expression), list2env(list(samples = samples), parent = globalenv()))

header <- function(variant, version = "3") list(format = list(variant = one(variant), version = one(version)))

lm_record <- function(model) {
  predictors <- samples[all.vars(delete.response(terms(model)))]
  list(facts = facts(model, "R",
    framework_version = one(as.character(getRversion())), architecture = one("lm"),
    parameters = list(total = one(length(coef(model)))),
    inputs = list(list(name = one("newdata"), shape = c(-1, length(predictors)), features = columns(predictors))),
    outputs = list(list(name = one("height"), shape = I(-1), data_type = one("float64"))),
    tasks = I("regression")), loading = list(verdict = one("data-only")))
}

rm_env <- function(model) { attr(model$terms, ".Environment") <- globalenv(); attr(attr(model$model, "terms"), ".Environment") <- globalenv(); model }
linear <- rm_env(lm(height ~ ndvi + depth + soil, data = samples))
rds("lm_gzip.rds", "lm, gzip as saveRDS does by default", linear, c(header("XDR, gzip-compressed"), lm_record(linear)))
rds("lm_none.rds", "lm, compress = FALSE", linear, c(header("XDR"), lm_record(linear)), compress = FALSE)
rds("lm_bzip2.rds", "lm, compress = \"bzip2\"", linear, c(header("XDR, bzip2-compressed"), lm_record(linear)), compress = "bzip2")
rds("lm_xz.rds", "lm, compress = \"xz\"", linear, c(header("XDR, xz-compressed"), lm_record(linear)), compress = "xz")
rds("lm_ascii.rds", "lm, ascii = TRUE", linear, c(header("ASCII"), lm_record(linear)), ascii = TRUE, compress = FALSE)
rds("lm_asciihex.rds", "lm, ascii = NA: numbers in hexadecimal", linear, c(header("ASCII, gzip-compressed"), lm_record(linear)), ascii = NA)
rds("lm_version_2.rds", "lm, version = 2", linear, c(header("XDR, gzip-compressed", "2"), lm_record(linear)), version = 2)

native <- target("rds", "lm_native.rds")
connection <- file(native, "wb"); serialize(linear, connection, xdr = FALSE); close(connection)
stopifnot(identical(class(readRDS(native)), "lm"))
truth(native, "lm, serialize with xdr = FALSE", c(list(verdict = one("model")), header("native"), lm_record(linear)))

generalised <- glm(wet ~ ndvi + log(depth), data = samples, family = binomial)
attr(generalised$terms, ".Environment") <- attr(attr(generalised$model, "terms"), ".Environment") <- environment(generalised$formula) <- globalenv()
rds("glm_binomial.rds", "glm with binomial, a variable in a function", generalised, list(
  facts = facts(generalised, "R", architecture = one("glm"), parameters = list(total = one(length(coef(generalised)))),
    hyperparameters = list(family = one(generalised$family$family), link = one(generalised$family$link)),
    inputs = list(list(shape = c(-1, 2), features = lapply(all.vars(delete.response(terms(generalised))), function(name) list(name = one(name)))))),
  loading = list(verdict = one("needs-code"))), compress = "xz")

forest <- randomForest(cover ~ ndvi + depth + soil, data = samples, ntree = 5, keep.inbag = FALSE)
attr(forest$terms, ".Environment") <- globalenv()
forest_record <- function(model, ...) list(
  facts = facts(model, "randomForest", architecture = one("randomForest"), ...,
    hyperparameters = list(type = one(model$type), ntree = one(model$ntree), mtry = one(model$mtry)),
    outputs = list(list(shape = I(-1), data_type = one("string"), labels = model$classes)), tasks = I("classification")))
rds("randomforest_formula.rds", "randomForest of a formula: three classes", forest, forest_record(forest,
  inputs = list(list(shape = c(-1, 3), features = columns(samples[c("ndvi", "depth", "soil")])))), "randomForest")
plain_forest <- randomForest(x = samples[c("ndvi", "depth", "soil")], y = samples$cover, ntree = 4)
rds("randomforest_table.rds", "randomForest of a table: three classes", plain_forest, forest_record(plain_forest,
  inputs = list(list(shape = c(-1, 3), features = columns(samples[c("ndvi", "depth", "soil")])))), "randomForest", compress = "xz")
regression_forest <- randomForest(x = samples[c("ndvi", "depth")], y = samples$height, ntree = 4)
rds("randomforest_regression.rds", "randomForest: a regression", regression_forest, list(
  facts = facts(regression_forest, "randomForest", tasks = I("regression"),
    hyperparameters = list(type = one("regression"), ntree = one(4), mtry = one(regression_forest$mtry)),
    inputs = list(list(features = columns(samples[c("ndvi", "depth")])))), loading = list(verdict = one("data-only"))), "randomForest")

ranger_facts <- function(model, ...) facts(model, "ranger", architecture = one("ranger"),
  hyperparameters = list(treetype = one(model$treetype), num.trees = one(model$num.trees), mtry = one(model$mtry), min.node.size = one(model$min.node.size), splitrule = one(model$splitrule)),
  inputs = list(list(name = one("data"), shape = c(-1, model$num.independent.variables), features = lapply(model$forest$independent.variable.names, function(name) list(name = one(name))))), ...)
fast <- ranger(cover ~ ndvi + depth + soil, data = samples, num.trees = 4, seed = 1)
rds("ranger_classes.rds", "ranger: a classification", fast, list(facts = ranger_facts(fast, tasks = I("classification"),
  outputs = list(list(shape = I(-1), labels = fast$forest$levels)))), "ranger")
probable <- ranger(dependent.variable.name = "cover", data = samples[c("cover", "ndvi", "depth")], num.trees = 3, probability = TRUE, seed = 1)
rds("ranger_probability.rds", "ranger: probabilities", probable, list(facts = ranger_facts(probable, tasks = I("classification"),
  outputs = list(list(shape = c(-1, 3), data_type = one("float64"), labels = probable$forest$levels)))), "ranger", compress = "xz")

tree <- rpart(cover ~ ndvi + soil, data = samples)
attr(tree$terms, ".Environment") <- globalenv()
rds("rpart_class.rds", "rpart: a classification", tree, list(facts = facts(tree, "rpart", tasks = I("classification"),
  hyperparameters = list(method = one(tree$method), minsplit = one(tree$control$minsplit), maxdepth = one(tree$control$maxdepth)),
  inputs = list(list(features = columns(samples[c("ndvi", "soil")]))),
  outputs = list(list(name = one("cover"), shape = c(-1, 3), labels = attr(tree, "ylevels"))))), "rpart", compress = "xz")

network <- nnet(cover ~ ndvi + depth, data = samples, size = 3, trace = FALSE)
attr(network$terms, ".Environment") <- globalenv()
rds("nnet_class.rds", "nnet: a hidden layer, three classes", network, list(facts = facts(network, "nnet", tasks = I("classification"),
  parameters = list(total = one(length(network$wts))), hyperparameters = list(units = network$n, decay = one(network$decay)),
  inputs = list(list(features = columns(samples[c("ndvi", "depth")]))),
  outputs = list(list(name = one("cover"), shape = c(-1, 3), labels = network$lev)))), "nnet", compress = "xz")
several <- nnet::multinom(cover ~ ndvi, data = samples, trace = FALSE)
attr(several$terms, ".Environment") <- globalenv()
rds("multinom.rds", "multinom of nnet", several, list(facts = facts(several, "nnet", architecture = one("multinom"),
  parameters = list(total = one(length(coef(several)))), outputs = list(list(shape = I(-1), labels = several$lev)))), "nnet", compress = "xz")
twofold <- nnet::multinom(wet ~ ndvi + soil, data = transform(samples, wet = factor(wet)), trace = FALSE)
attr(twofold$terms, ".Environment") <- globalenv()
rds("multinom_two.rds", "multinom of nnet: two classes", twofold, list(facts = facts(twofold, "nnet", architecture = one("multinom"),
  parameters = list(total = one(length(coef(twofold)))), outputs = list(list(shape = I(-1), labels = twofold$lev)))), "nnet", compress = "xz")

support <- svm(cover ~ ndvi + depth, data = samples)
attr(support$terms, ".Environment") <- globalenv()
rds("svm_classes.rds", "svm of e1071: three classes", support, list(facts = facts(support, "e1071", tasks = I("classification"),
  hyperparameters = list(type = one("C-classification"), kernel = one("radial"), cost = one(support$cost), support_vectors = one(support$tot.nSV)),
  outputs = list(list(labels = support$levels)))), "e1071", compress = "xz")
bayes <- naiveBayes(x = samples[c("ndvi", "soil")], y = samples$cover)
rds("naive_bayes.rds", "naiveBayes of e1071", bayes, list(facts = facts(bayes, "e1071", tasks = I("classification"),
  inputs = list(list(features = columns(samples[c("ndvi", "soil")]))), outputs = list(list(labels = bayes$levels)))), "e1071")

numbers <- as.matrix(samples[c("ndvi", "depth")])
path <- glmnet(numbers, samples$height, nlambda = 10)
rds("glmnet.rds", "glmnet: a path of lambdas", path, list(facts = facts(path, "glmnet", tasks = I("regression"),
  hyperparameters = list(lambdas = one(length(path$lambda))),
  inputs = list(list(name = one("newx"), shape = c(-1, 2), data_type = one("float64"), features = columns(samples[c("ndvi", "depth")]))),
  outputs = list(list(shape = c(-1, length(path$lambda))))), loading = list(verdict = one("data-only"))), "glmnet")
crossed <- cv.glmnet(numbers, samples$wet + 0, family = "binomial", nlambda = 8, nfolds = 3)
rds("cv_glmnet.rds", "cv.glmnet: binomial", crossed, list(facts = facts(crossed, "glmnet", tasks = I("classification"),
  metadata = list(classes = crossed$glmnet.fit$classnames), hyperparameters = list(lambdas = one(length(crossed$lambda))))[-3]), "glmnet", compress = "xz")

boosted <- gbm(height ~ ndvi + depth + soil, data = samples, distribution = "gaussian", n.trees = 3, n.minobsinnode = 3, keep.data = FALSE)
rds("gbm.rds", "gbm: a regression", boosted, list(facts = facts(boosted, "gbm", tasks = I("regression"),
  hyperparameters = list(distribution = one("gaussian"), n.trees = one(boosted$n.trees), interaction.depth = one(boosted$interaction.depth), shrinkage = one(boosted$shrinkage)),
  inputs = list(list(features = columns(samples[c("ndvi", "depth", "soil")]))), outputs = list(list(name = one("height"))))), "gbm", compress = "xz")

smooth <- gam(height ~ s(ndvi, k = 4) + depth, data = samples)
rds("gam.rds", "gam of mgcv: a smooth term", smooth, list(facts = facts(smooth, "mgcv", architecture = one("gam"), tasks = I("regression"),
  parameters = list(total = one(length(coef(smooth)))), hyperparameters = list(family = one("gaussian")),
  inputs = list(list(features = lapply(names(smooth$var.summary), function(name) list(name = one(name), data_type = one("float64"))))),
  outputs = list(list(name = one("height"))))), "mgcv", compress = "xz")

mixed <- lmer(height ~ ndvi + (1 | plot), data = samples)
rds("lmer.rds", "lmer of lme4: an object of S4", mixed, list(facts = facts(mixed, "lme4", architecture = one("lmerMod"), tasks = I("regression"),
  hyperparameters = list(fixed_effects = one(length(fixef(mixed))), grouping_factors = I("plot")),
  inputs = list(list(shape = c(-1, 2))), outputs = list(list(name = one("height"))))), "lme4", compress = "xz")

trained <- train(cover ~ ndvi + depth, data = samples, method = "rpart", trControl = trainControl(method = "none"), tuneGrid = data.frame(cp = 0.05))
rds("caret_rpart.rds", "train of caret: rpart", trained, list(facts = facts(trained, "caret", architecture = one("rpart"), tasks = I("classification"),
  hyperparameters = list(method = one("rpart"), bestTune.cp = one(0.05), fitted_class = one("rpart")),
  inputs = list(list(features = columns(samples[c("ndvi", "depth")]))), outputs = list(list(labels = as.character(levels(samples$cover))))),
  loading = list(verdict = one("needs-code"))), c("caret", "rpart"), compress = "xz")

neighbours <- train(cover ~ ndvi + depth, data = samples, method = "knn", trControl = trainControl(method = "none"), tuneGrid = data.frame(k = 5))
stopifnot(inherits(neighbours$finalModel, "knn3"))
rds("caret_knn.rds", "train of caret: knn, whose model is caret's own", neighbours, list(facts = facts(neighbours, "caret", architecture = one("knn"), tasks = I("classification"),
  hyperparameters = list(method = one("knn"), bestTune.k = one(5), fitted_class = one("knn3")),
  inputs = list(list(features = columns(samples[c("ndvi", "depth")]))), outputs = list(list(labels = levels(samples$cover)))),
  loading = list(verdict = one("needs-code"))), "caret", compress = "xz")
names_alone <- lapply(c("ndvi", "depth"), function(name) list(name = one(name)))
rds("caret_knn3.rds", "knn3 of caret, as train keeps it", neighbours$finalModel, list(facts = facts(neighbours$finalModel, "caret", architecture = one("knn3"),
  tasks = I("classification"), hyperparameters = list(k = one(5)), inputs = list(list(features = names_alone)),
  outputs = list(list(labels = levels(samples$cover)))), loading = list(verdict = one("data-only"))), "caret", compress = "xz")
regressor <- knnreg(height ~ ndvi + depth, data = samples, k = 3)
rds("caret_knnreg.rds", "knnreg of caret", regressor, list(facts = facts(regressor, "caret", architecture = one("knnreg"), tasks = I("regression"),
  hyperparameters = list(k = one(3)), inputs = list(list(features = columns(samples[c("ndvi", "depth")]))), outputs = list(list(name = one("height"))))),
  "caret", compress = "xz")

groups <- kmeans(numbers, 3)
rds("kmeans.rds", "kmeans", groups, list(facts = facts(groups, "R", architecture = one("kmeans"), parameters = list(total = one(length(groups$centers))),
  hyperparameters = list(clusters = one(nrow(groups$centers))), inputs = list(list(features = columns(samples[c("ndvi", "depth")]))))))
components <- prcomp(numbers, scale. = TRUE)
rds("prcomp.rds", "prcomp", components, list(facts = facts(components, "R", architecture = one("prcomp"),
  hyperparameters = list(components = one(ncol(components$rotation))), outputs = list(list(shape = c(-1, 2))))))

# Objects that are no model.
other <- function(name, how, value, kind, ...) {
  path <- target("rds", name)
  saveRDS(value, path, ...)
  truth(path, how, c(list(verdict = one("not-a-model"), cause = one("data")), list(...)[0]))
}
other("data_frame.rds", "a data frame", samples[1:4, ])
other("matrix.rds", "a matrix", numbers[1:4, ])
other("compact_numbers.rds", "1:1000, which R 3.5 and later write in a compact form", 1:1000)
other("summary.rds", "the summary of a linear model", summary(linear))
other("latin1.rds", "a text in Latin-1", { text <- "h\xf6he"; Encoding(text) <- "latin1"; text })
other("function.rds", "a function with its byte code", compiler::cmpfun(function(x) { for (i in x) print(i); x + 1 }))

# What is no model, but holds some; and a function of namespace:base, in every way that R writes it.
inside <- function(name, how, value, verdict, variant, ...) {
  path <- target("rds", name)
  if (identical(list(...)$xdr, FALSE)) { connection <- file(path, "wb"); serialize(value, connection, xdr = FALSE); close(connection) }
  else saveRDS(value, path, ...)
  truth(path, how, list(verdict = one("not-a-model"), cause = one("data"), format = list(variant = one(variant)),
    loading = list(verdict = one(verdict))))
}
both <- list(model = linear, f = base::mean)
inside("list_of_model.rds", "a model and a function of namespace:base in a list", both, "needs-code", "XDR, gzip-compressed")
inside("list_ascii.rds", "the same, ascii = TRUE", both, "needs-code", "ASCII", ascii = TRUE, compress = FALSE)
inside("list_native.rds", "the same, serialize with xdr = FALSE", both, "needs-code", "native", xdr = FALSE)
inside("wrapped_models.rds", "two models in an object of a class that nobody knows", structure(list(first = linear, rest = list(tree)),
  class = "ensemble"), "needs-code", "XDR, xz-compressed", compress = "xz")
inside("builtin.rds", "a list with a function of R's own: sum", list(values = c(1, 2), f = sum), "needs-code", "XDR", compress = FALSE)
inside("special_column.rds", "a data frame with a column of functions", data.frame(x = 1:2, f = I(list(sum, `if`))), "needs-code", "XDR",
  compress = FALSE)
inside("environments.rds", "an attached package, a namespace and namespace:base", list(package = as.environment("package:stats"),
  namespace = asNamespace("stats"), base = baseenv(), own = .BaseNamespaceEnv, value = 1), "data-only", "XDR", compress = FALSE)
inside("refhook.rds", "an environment that a refhook wrote as a name", list(cache = new.env(), value = 1), "data-only", "XDR", compress = FALSE,
  refhook = function(environment) "cache")

# In the shape that packages give them which are not at hand: the values are real, the objects are put together by hand.
made <- function(name, how, model, framework, record) {
  path <- target("rds", name)
  saveRDS(model, path, compress = "xz")
  truth(path, paste0(how, "; put together by hand"), list(verdict = one("model"), facts = c(list(framework = one(framework)), record)))
}
bytes <- function(name) { path <- file.path(dirname(normalizePath(script)), "..", name); readBin(path, "raw", file.size(path)) }
booster <- structure(list(handle = NULL, raw = bytes("xgboost-ubj/linear_3_2_0.ubj"), niter = 3), class = "xgb.Booster")
made("xgb_booster.rds", "xgb.Booster of xgboost 1.6 and later, with a model of 3.2", booster, "XGBoost",
  list(architecture = one("gblinear"), framework_version = one("3.2.0")))
light <- list2env(list(best_iter = -1, raw = bytes("lightgbm-text/constant_column_4_7_0.txt")), parent = emptyenv())
class(light) <- c("lgb.Booster", "R6")
made("lgb_booster.rds", "lgb.Booster of lightgbm 3.3 and later, with a model of 4.7", light, "LightGBM",
  list(tasks = I("regression"), inputs = list(list(name = one("data")))))
fitted <- structure(list(lvl = NULL, spec = structure(list(mode = "regression", engine = "randomForest"),
  class = c("rand_forest", "model_spec")), fit = regression_forest), class = c("_randomForest", "model_fit"))
flow <- structure(list(pre = list(mold = list(blueprint = list(ptypes = list(predictors = samples[0, c("ndvi", "soil", "wet")])))),
  fit = list(fit = fitted), trained = TRUE), class = "workflow")
made("workflow.rds", "workflow of workflows 1.1", flow, "workflows", list(architecture = one("rand_forest"), tasks = I("regression"),
  hyperparameters = list(mode = one("regression"), engine = one("randomForest"), fitted_class = one("randomForest")),
  inputs = list(list(features = columns(samples[c("ndvi", "soil", "wet")])))))
wrapped <- structure(list(learner = list(id = "classif.rpart"), learner.model = tree, task.desc = list(type = "classif",
  target = "cover", class.levels = levels(samples$cover)), features = c("ndvi", "soil"),
  factor.levels = list(soil = levels(samples$soil))), class = "WrappedModel")
made("wrapped_model.rds", "WrappedModel of mlr 2", wrapped, "mlr", list(tasks = I("classification"),
  outputs = list(list(name = one("cover"), labels = levels(samples$cover)))))
unknown <- structure(list(call = quote(fit(y ~ x)), coefficients = c(a = 1)), class = "newmodel")
made("unknown_class.rds", "a class of no package, with a call and coefficients", unknown, "R", list(architecture = one("newmodel")))

# Several objects.
workspace <- function(.name, .how, .variant, .version, .record, ...) {
  path <- target("rda", .name)
  save(..., file = path)
  truth(path, .how, c(.record, header(.variant, .version)))
}
objects <- list(linear = one("lm"), samples = one("data.frame"))
chosen <- list(verdict = one("model"), facts = list(architecture = one("lm"), metadata = list(objects = objects)))
workspace("workspace.RData", "a model and its table", "XDR, gzip-compressed", "3", chosen, linear, samples)
workspace("version_2.rda", "a model and its table, version = 2, bzip2", "XDR, bzip2-compressed", "2", chosen, linear, samples, version = 2, compress = "bzip2")
workspace("ascii.rda", "a model and its table, ascii = TRUE", "ASCII", "3", chosen, linear, samples, ascii = TRUE)
workspace("uncompressed.rda", "a model and its table, compress = FALSE", "XDR", "3", chosen, linear, samples, compress = FALSE)
size <- 3
workspace("two_models.rda", "two models and a number", "XDR, xz-compressed", "3", list(verdict = one("model"),
  facts = list(architecture = one("rpart"), metadata = list(objects = list(tree = one("rpart"), linear = one("lm"), size = one("numeric"))))),
  tree, linear, size, compress = "xz")
average <- base::mean
workspace("base_function.rda", "a model behind a function of namespace:base", "XDR, gzip-compressed", "3", list(verdict = one("model"),
  facts = list(architecture = one("lm"), metadata = list(objects = list(average = one("function"), linear = one("lm")))),
  loading = list(verdict = one("needs-code"))), average, linear)
