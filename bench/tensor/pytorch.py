"""The same work in PyTorch, for bench/tensor.ts: reads a line such as `digits 1` (work, threads), does it once, answers with milliseconds."""

import math
import sys
import time

import torch
import torch.nn.functional as F

torch.manual_seed(0)


def digits_by_hand():
    images, targets = torch.rand(9984, 784), torch.rand(9984, 10)
    w1, b1 = torch.randn(128, 784) / 28, torch.zeros(128)
    w2, b2 = torch.randn(10, 128) / 11, torch.zeros(10)

    def epoch():
        for start in range(0, 9984, 64):
            x, t = images[start : start + 64], targets[start : start + 64]
            h = torch.relu(torch.addmm(b1, x, w1.t()))
            y = torch.sigmoid(torch.addmm(b2, h, w2.t()))
            dz = (y - t) * (2 / 640) * y * (1 - y)
            dh = (dz @ w2) * (h > 0)
            for p, g in ((w2, dz.t() @ h), (b2, dz.sum(0)), (w1, dh.t() @ x), (b1, dh.sum(0))):
                p.sub_(g, alpha=0.1)

    return epoch


def digits_autograd():
    images, targets = torch.rand(9984, 784), torch.rand(9984, 10)
    model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10), torch.nn.Sigmoid())
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)

    def epoch():
        for start in range(0, 9984, 64):
            x, t = images[start : start + 64], targets[start : start + 64]
            optimiser.zero_grad()
            ((model(x) - t) ** 2).mean().backward()
            optimiser.step()

    return epoch


def attention(x, p, heads):
    *outer, tokens, channels = x.shape
    split = lambda t: t.view(*outer, tokens, heads, channels // heads).transpose(-2, -3)
    q, k, v = (split(F.linear(x, p[name])) for name in "qkv")
    weights = torch.softmax((q / math.sqrt(channels // heads)) @ k.transpose(-1, -2), -1)
    return F.linear((weights @ v).transpose(-2, -3).reshape(x.shape), p["o"], p["ob"])


def projections(channels):
    p = {name: (torch.randn(channels, channels) / math.sqrt(channels)).requires_grad_() for name in "qkvo"}
    return p | {"ob": torch.zeros(channels, requires_grad=True)}


def encoder():
    channels, hidden = 128, 256
    blocks = []
    for _ in range(4):
        p = projections(channels)
        p["e"] = (torch.randn(hidden, channels) / math.sqrt(channels)).requires_grad_()
        p["c"] = (torch.randn(channels, hidden) / math.sqrt(hidden)).requires_grad_()
        for name, size, fill in (("eb", hidden, 0), ("cb", channels, 0), ("g1", channels, 1), ("g2", channels, 1), ("b1", channels, 0), ("b2", channels, 0)):
            p[name] = torch.full((size,), float(fill), requires_grad=True)
        blocks.append(p)
    optimiser = torch.optim.Adam([t for p in blocks for t in p.values()], lr=1e-4)
    x, wanted = torch.randn(32, 64, channels), torch.randn(32, 64, channels)

    def step():
        h = x
        for p in blocks:
            h = F.layer_norm(h + attention(h, p, 4), (channels,), p["g1"], p["b1"])
            fed = F.linear(F.gelu(F.linear(h, p["e"], p["eb"])), p["c"], p["cb"])
            h = F.layer_norm(h + fed, (channels,), p["g2"], p["b2"])
        optimiser.zero_grad()
        ((h - wanted) ** 2).mean().backward()
        optimiser.step()

    return step


def repeated(times, op):
    def run():
        for _ in range(times):
            op()

    return run


def square_pair(n):
    return torch.randn(n, n, requires_grad=True), torch.randn(n, n, requires_grad=True)


def make(name, argument, times):
    if name == "digits":
        return digits_by_hand()
    if name == "digits-autograd":
        return digits_autograd()
    if name == "encoder":
        return encoder()
    if name == "matmul":
        a, b = square_pair(argument)
        return repeated(times, lambda: a @ b)
    if name == "add":
        a, b = square_pair(argument)
        return repeated(times, lambda: a + b)
    if name == "softmax":
        x = torch.randn(128, 128, requires_grad=True)
        return repeated(times, lambda: torch.softmax(x, -1))
    if name == "layer-norm":
        x, g, b = torch.randn(128, 64, requires_grad=True), torch.ones(64, requires_grad=True), torch.zeros(64, requires_grad=True)
        return repeated(times, lambda: F.layer_norm(x, (64,), g, b))
    if name == "attention":
        x, p = torch.randn(128, 64, requires_grad=True), projections(64)
        return repeated(times, lambda: attention(x, p, 4).sum().backward())
    raise ValueError(name)


work = {}
print(torch.__version__, flush=True)
for line in sys.stdin:
    name, argument, times, threads = line.split()
    torch.set_num_threads(int(threads))
    key = (name, argument, times)
    if key not in work:
        work[key] = make(name, int(argument), int(times))
    start = time.perf_counter()
    work[key]()
    print((time.perf_counter() - start) * 1000, flush=True)
