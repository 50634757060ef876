# gridgrad: the gradient of a sampled field
#
# SPDX-License-Identifier: BSD-3-Clause
"""The gradient of a function, real or complex, from its samples on a grid.

``gradient`` takes what ``numpy.gradient`` takes, and orders, boundaries and missing samples
besides; ``divergence``, ``curl``, ``laplacian`` and their like take several axes, on a plane or
the Earth; ``slope`` and ``aspect`` take heights; ``Difference`` and ``GridOperator`` are built
once; ``Interpolant`` gives value and gradient between the samples; ``gradient_of`` takes a
function that can be called. Drop-ins and labels are modules of their own, imported when they are
needed:

======================  ==================================================================
``gridgrad.numpy``      ``numpy.gradient``, to the bit
``gridgrad.torch``      ``torch.gradient``, to the bit, differentiable
``gridgrad.xarray``     labelled arrays: coordinates, units and attributes
``gridgrad.dask``       chunked arrays, lazily
``gridgrad.plot``       pictures of fields and their gradients, with matplotlib
``gridgrad.staggered``  staggered grids: centres, faces and edges of cells
======================  ==================================================================
"""

from gridgrad._boundary import Antisymmetric, Constant, Neumann, Periodic
from gridgrad._calculus import (
    curl,
    directional,
    divergence,
    hessian,
    jacobian,
    laplacian,
    magnitude,
    rotation,
    strain_rate,
)
from gridgrad._difference import Difference, SparseRows
from gridgrad._gradient import derivative, gradient
from gridgrad._gradient_of import CallableGradient, ScaledStep, gradient_of
from gridgrad._grid_operator import GridOperator
from gridgrad._interpolant import Interpolant, LocationRows, Status
from gridgrad._locations import Cells
from gridgrad._metric import Ellipsoid, Metric, Sphere
from gridgrad._native import recycle_at_most, recycled_memory, release_memory
from gridgrad._native import version as __version__
from gridgrad._scheme import Adapt
from gridgrad._slope import aspect, slope
from gridgrad._terrain import Terrain

__all__ = [
    "Adapt",
    "Antisymmetric",
    "CallableGradient",
    "Cells",
    "Constant",
    "Difference",
    "Ellipsoid",
    "GridOperator",
    "Interpolant",
    "LocationRows",
    "Metric",
    "Neumann",
    "Periodic",
    "ScaledStep",
    "SparseRows",
    "Sphere",
    "Status",
    "Terrain",
    "__version__",
    "aspect",
    "curl",
    "derivative",
    "directional",
    "divergence",
    "gradient",
    "gradient_of",
    "hessian",
    "jacobian",
    "laplacian",
    "magnitude",
    "recycle_at_most",
    "recycled_memory",
    "release_memory",
    "rotation",
    "slope",
    "strain_rate",
]
