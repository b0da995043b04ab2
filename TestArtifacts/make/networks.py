"""The small networks that the PyTorch scripts save."""

import torch
from torch import nn


class Net(nn.Module):
    """Two convolutions, one batch norm, one linear layer: 3 x 16 x 16 in, 5 classes out."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 16, 3, padding=1)
        self.fc = nn.Linear(16, 5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.bn1(self.conv1(x)))
        x = torch.relu(self.conv2(x))
        return self.fc(x.mean(dim=(2, 3)))


class TiedLanguageModel(nn.Module):
    """A recurrent language model whose decoder uses the weight of its embedding."""

    def __init__(self, words=40, width=16):
        super().__init__()
        self.encoder = nn.Embedding(words, width)
        self.rnn = nn.GRU(width, width, batch_first=True)
        self.decoder = nn.Linear(width, words)
        self.decoder.weight = self.encoder.weight

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        hidden, _ = self.rnn(self.encoder(tokens))
        return self.decoder(hidden)


def small_net(seed=0):
    """A Net with reproducible weights, its batch norm statistics moved by one training step."""
    torch.manual_seed(seed)
    net = Net()
    net(torch.randn(4, 3, 16, 16))
    return net.eval()


class Block(nn.Sequential):
    """Convolution, batch norm, ReLU."""

    def __init__(self, inputs, outputs):
        super().__init__(nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class UNet(nn.Module):
    """A small U-Net for 13 bands and 5 classes."""

    def __init__(self, bands=13, classes=5):
        super().__init__()
        self.encoder1 = nn.Sequential(Block(bands, 8), Block(8, 8))
        self.encoder2 = nn.Sequential(Block(8, 12), Block(12, 12))
        self.bottom = nn.Sequential(Block(12, 16), Block(16, 16))
        self.decoder2 = Block(16 + 12, 12)
        self.decoder1 = Block(12 + 8, 8)
        self.head = nn.Conv2d(8, classes, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        fine = self.encoder1(x)
        coarse = self.encoder2(nn.functional.max_pool2d(fine, 2))
        deep = self.bottom(nn.functional.max_pool2d(coarse, 2))
        up = self.decoder2(torch.cat([nn.functional.interpolate(deep, scale_factor=2.0), coarse], 1))
        up = self.decoder1(torch.cat([nn.functional.interpolate(up, scale_factor=2.0), fine], 1))
        return self.head(up)
