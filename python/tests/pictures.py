# pictures.py: pictures for tests, and what was drawn in them
#
# SPDX-License-Identifier: BSD-3-Clause

import io

import numpy as np
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.quiver import Quiver

import gridgrad.plot


def gradient(*arguments, **keywords):
    return gridgrad.plot.gradient(*arguments, figure=Figure((11, 5)), **keywords)


def field(*arguments, **keywords):
    return gridgrad.plot.field(*arguments, figure=Figure(), **keywords)


def panels(figure):
    return figure.axes


def mesh_of(axes):
    return next(one for one in axes.collections if isinstance(one, QuadMesh))


def arrows_of(axes):
    return next((one for one in axes.collections if isinstance(one, Quiver)), None)


def bar_of(axes):
    return mesh_of(axes).colorbar


def caption_of(figure):
    return figure.get_supxlabel()


def png(figure):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def waves(rows=12, columns=15):
    return np.sin(np.arange(rows))[:, None] + np.cos(np.arange(columns) / 3)
