"""Writes torch-checkpoint/ with torch.save (torch 2.13.0), pytorch-lightning 2.6.6 and ultralytics 8.4.190."""

import argparse
import importlib.util
import os
import shutil
from collections import OrderedDict

import torch
from torch import nn

import common
from networks import Net, small_net
from torch_truth import VERSIONS, count_module, count_state_dict, declare_vision_operators, write_saved

FORMAT = "torch-checkpoint"


def save(name, checkpoint, how, parameters, versions=None, **facts):
    """Saves a checkpoint under its name and writes its truth."""
    path = common.place(FORMAT, name)
    torch.save(checkpoint, path)
    write_saved(path, how, {**facts, "parameters": parameters}, versions=versions)


def trained(seed, optimizer_class=torch.optim.Adam, **options):
    """A Net and its optimizer after three real steps."""
    net = small_net(seed).train()
    optimizer = optimizer_class(net.parameters(), **options)
    for _ in range(3):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(torch.randn(4, 3, 16, 16)), torch.randint(0, 5, (4,)))
        loss.backward()
        optimizer.step()
    return net, optimizer, loss.item()


def training():
    net, optimizer, loss = trained(20, lr=0.01)
    checkpoint = {
        "epoch": 3,
        "model_state_dict": net.state_dict(),
        "optimizer_state_dict": optimizer.state_dict(),
        "loss": loss,
    }
    how = "epoch, model, Adam state and loss; Adam's moments are as large as the model and are not parameters"
    save("training.pt", checkpoint, how, count_state_dict(net.state_dict()))


def unusual_names():
    weights = OrderedDict([("filters", torch.randn(4, 3)), ("offsets", torch.randn(4))])
    how = 'torch.save({"state_dict": ...}) of parameters that no module of torch.nn names so'
    save("unusual_names.pt", {"state_dict": weights}, how, count_state_dict(weights))


def resumable():
    net, optimizer, loss = trained(21, torch.optim.SGD, lr=0.1, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 10)
    checkpoint = {
        "model": net.state_dict(),
        "optimizer": optimizer.state_dict(),
        "lr_scheduler": scheduler.state_dict(),
        "scaler": torch.amp.GradScaler("cpu").state_dict(),
        "epoch": 3,
        "rng_state": torch.get_rng_state(),
        "best_loss": torch.tensor(loss),
        "args": argparse.Namespace(lr=0.1, batch_size=4, data=None, device="cpu"),
    }
    how = "model, SGD momentum, scheduler, scaler, random state (5056 bytes) and an argparse.Namespace: not data-only"
    save("resumable.pth", checkpoint, how, count_state_dict(net.state_dict()))


def pair():
    net, optimizer, _ = trained(31)
    how = "(model.state_dict(), optimizer.state_dict()), as torch's tutorial of Ray Tune saves it"
    save("pair.pt", (net.state_dict(), optimizer.state_dict()), how, count_state_dict(net.state_dict()))


def mmengine():
    net, optimizer, _ = trained(22)
    meta = {
        "cfg": "model = dict(type='ImageClassifier')\nlr = 0.001\n",
        "dataset_meta": {"classes": ("water", "forest", "field", "road", "roof")},
        "epoch": 3,
        "iter": 12,
        "mmengine_version": "0.10.7",
        "time": "20240102_030405",
    }
    checkpoint = {"meta": meta, "state_dict": net.state_dict(), "message_hub": {}, "optimizer": optimizer.state_dict()}
    how = "the shape in which mmengine saves: meta (cfg as text, classes), state_dict, message_hub, optimizer"
    save("mmengine.pth", checkpoint, how, count_state_dict(net.state_dict()))


def averaged():
    net, optimizer, _ = trained(23)
    average = torch.optim.swa_utils.AveragedModel(net)
    checkpoint = {
        "model": net.state_dict(),
        "ema": average.state_dict(),
        "optimizer": optimizer.state_dict(),
        "global_step": 3,
    }
    how = "a model and its average (module. and n_averaged); the average is a copy, counted is the model"
    save("averaged.pt", checkpoint, how, count_state_dict(net.state_dict()))


def adversarial():
    torch.manual_seed(24)
    generator = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 64))
    discriminator = nn.Sequential(nn.Linear(64, 16), nn.LeakyReLU(), nn.Linear(16, 1))
    checkpoint = {"generator": generator.state_dict(), "discriminator": discriminator.state_dict(), "epoch": 1}
    how = "two state_dicts, generator and discriminator; counted are both"
    parameters = count_state_dict(
        {
            f"{i}.{key}": value
            for i, part in enumerate((generator, discriminator))
            for key, value in part.state_dict().items()
        }
    )
    save("adversarial.pt", checkpoint, how, parameters)


def nested_net():
    net = small_net(25)
    checkpoint = {
        "cfg": {"in_channels": 3, "classes": 5, "lr": 0.001, "backbone": {"name": "tiny", "depth": 2}},
        "checkpoint": {"net": net.state_dict(), "acc": 0.5, "epoch": 7},
    }
    save(
        "nested_net.pth",
        checkpoint,
        "the state_dict lies two levels deep, in checkpoint.net",
        count_state_dict(net.state_dict()),
    )


def weights_in_lists():
    nets = [nn.Linear(16, 16), nn.Linear(16, 4)]
    torch.manual_seed(26)
    for net in nets:
        net.reset_parameters()
    checkpoint = {"state_dict": [net.state_dict() for net in nets], "names": ["trunk", "head"], "epoch": 2}
    parameters = count_state_dict(
        {f"{i}.{key}": value for i, net in enumerate(nets) for key, value in net.state_dict().items()}
    )
    save("weights_in_lists.pt", checkpoint, "state_dict is a list of two state_dicts", parameters)


def whole_objects():
    net, optimizer, loss = trained(27)
    path = common.place(FORMAT, "whole_objects.pt")
    torch.save({"epoch": 3, "model": net, "optimizer": optimizer, "loss": loss}, path)
    how = "a checkpoint that pickles the module and the optimizer themselves instead of their state_dicts"
    write_saved(path, how, {"parameters": count_module(net)})


def wrapped():
    net, optimizer, _ = trained(28)
    state = OrderedDict(
        (f"module._orig_mod.{key}", value)
        for key, value in nn.DataParallel(torch.compile(net)).module.state_dict().items()
    )
    checkpoint = {"state_dict": state, "optimizer": optimizer.state_dict(), "epoch": 1}
    how = "a compiled module in DataParallel: names begin with module._orig_mod."
    save("wrapped.pth.tar", checkpoint, how, count_state_dict(state), compile_method="jit")


def lightning():
    if not importlib.util.find_spec("pytorch_lightning"):
        return common.skip("pytorch-lightning is not installed")
    declare_vision_operators()
    import pytorch_lightning

    class LitNet(pytorch_lightning.LightningModule):
        def __init__(self, hidden: int = 16, lr: float = 0.01, task: str = "classification", augment: bool = True):
            super().__init__()
            self.save_hyperparameters()
            self.model = Net()

        def training_step(self, batch, _):
            return nn.functional.cross_entropy(self.model(batch[0]), batch[1])

        def configure_optimizers(self):
            optimizer = torch.optim.Adam(self.parameters(), lr=self.hparams.lr)
            return [optimizer], [torch.optim.lr_scheduler.StepLR(optimizer, 1)]

    pytorch_lightning.seed_everything(29)
    data = torch.utils.data.TensorDataset(torch.randn(8, 3, 16, 16), torch.randint(0, 5, (8,)))
    trainer = pytorch_lightning.Trainer(
        max_epochs=2, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
        enable_model_summary=False,
    )  # fmt: skip
    module = LitNet()
    trainer.fit(module, torch.utils.data.DataLoader(data, batch_size=4))
    path = common.place(FORMAT, "lightning.ckpt")
    trainer.save_checkpoint(path)
    facts = {"parameters": count_state_dict(module.state_dict()), "hyperparameters": dict(module.hparams)}
    versions = {**VERSIONS, "pytorch-lightning": pytorch_lightning.__version__}
    write_saved(
        path, "Trainer.fit and save_checkpoint of a module with save_hyperparameters()", facts, versions=versions
    )


YOLO_MODEL = """
nc: 3
reg_max: 1
backbone:
  - [-1, 1, Conv, [8, 3, 2]]
  - [-1, 1, Conv, [8, 3, 2]]
  - [-1, 1, C2f, [8, True]]
  - [-1, 1, Conv, [16, 3, 2]]
head:
  - [[2, 3], 1, Detect, [nc]]
"""
YOLO_DATA = "path: /tmp/make/yolo\ntrain: images\nval: images\nnames: {0: car, 1: ship, 2: plane}\n"


def ultralytics():
    missing = [name for name in ("ultralytics", "torchvision", "polars") if not importlib.util.find_spec(name)]
    if missing:
        return common.skip(f"not installed: {', '.join(missing)}")
    declare_vision_operators()
    from ultralytics import YOLO, __version__

    folder = common.SCRATCH / "yolo"
    shutil.rmtree(folder, ignore_errors=True)
    write_yolo_data(folder)
    os.chdir(folder)
    options = {"epochs": 1, "imgsz": 32, "batch": 2, "lr0": 0.01, "optimizer": "SGD", "seed": 0}
    YOLO("tiny.yaml", task="detect").train(
        data="data.yaml", **options, workers=0, plots=False, val=False, save_period=1, device="cpu", project="runs",
        name="tiny", verbose=False,
    )  # fmt: skip
    os.chdir(common.SCRATCH)
    versions = {**VERSIONS, "ultralytics": __version__}
    kinds = [
        (
            "best.pt",
            "ultralytics.pt",
            "model",
            "the best.pt of a detection training: model in float16, optimizer stripped",
        ),
        (
            "epoch0.pt",
            "ultralytics_epoch.pt",
            "ema",
            "the epoch0.pt of a detection training: model is None, ema holds it",
        ),
    ]
    for source, name, key, how in kinds:
        path = common.place(FORMAT, name)
        shutil.copy(next(folder.rglob(source)), path)
        network = torch.load(path, weights_only=False)[key]
        facts = {
            "architecture": type(network).__name__,
            "parameters": count_module(network),
            "hyperparameters": options,
        }
        write_saved(path, how, facts, versions=versions)


def write_yolo_data(folder):
    """Four random images with a box each, and the model and data files that ultralytics wants."""
    from PIL import Image

    torch.manual_seed(30)
    for name in ("images", "labels"):
        (folder / name).mkdir(parents=True)
    for i in range(4):
        pixels = torch.randint(0, 255, (32, 32, 3), dtype=torch.uint8).numpy()
        Image.fromarray(pixels).save(folder / "images" / f"{i}.png")
        (folder / "labels" / f"{i}.txt").write_text(f"{i % 3} 0.5 0.5 0.4 0.4\n")
    (folder / "data.yaml").write_text(YOLO_DATA)
    (folder / "tiny.yaml").write_text(YOLO_MODEL)


FUNCTIONS = [
    training, unusual_names, resumable, pair, mmengine, averaged, adversarial, nested_net, weights_in_lists, whole_objects, wrapped,
    lightning, ultralytics,
]  # fmt: skip

if __name__ == "__main__":
    common.run_all(FUNCTIONS, common.start(__doc__, neutral=True).names)
