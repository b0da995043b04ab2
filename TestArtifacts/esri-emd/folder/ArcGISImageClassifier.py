class ArcGISImageClassifier: pass
