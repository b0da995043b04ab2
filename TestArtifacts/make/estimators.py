"""Estimators of one's own, which scikit-learn's checks take for fitted though they keep nothing as its own do."""

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin


class Threshold(ClassifierMixin, BaseEstimator):
    """Tells water from land by one index; what it learns it keeps under a name of its own."""

    def __init__(self, column=0):
        self.column = column

    def fit(self, X, y):
        self.level = float(np.asarray(X)[:, self.column].mean())
        return self

    def __sklearn_is_fitted__(self):
        return hasattr(self, "level")

    def predict(self, X):
        return (np.asarray(X)[:, self.column] > self.level).astype(int)
