"""Classes of tumours by scikit-learn, logged to MLflow."""

import argparse
import warnings

import mlflow
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")

options = argparse.ArgumentParser()
options.add_argument("--scale", choices=["true", "false"])
options.add_argument("--seed", type=int)
options = options.parse_args()

mlflow.set_experiment("tumours")
mlflow.sklearn.autolog(log_models=False)

rows, classes = load_breast_cancer(return_X_y=True)
train_rows, test_rows, train_classes, test_classes = train_test_split(
    rows, classes, test_size=0.3, random_state=options.seed, stratify=classes)

with mlflow.start_run():
    model = LogisticRegression(max_iter=100)
    if options.scale == "true":
        model = make_pipeline(StandardScaler(), model)
    model.fit(train_rows, train_classes)
    mlflow.log_metric("test_accuracy", model.score(test_rows, test_classes))
    mlflow.log_metric("test_log_loss", log_loss(test_classes, model.predict_proba(test_rows)))
