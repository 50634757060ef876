# _calculus.py: divergence, curl, Laplacian and their like
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from typing import Any, Unpack

from gridgrad._calculus_call import (
    Keywords,
    along_direction,
    components_of,
    is_vector,
    matrix,
    of_scalar,
    of_vector,
    takes_keywords,
)


@takes_keywords
def divergence(components: Any, *spacing: Any, **keywords: Unpack[Keywords]) -> Any:
    """Compute the divergence of a vector, the sum of d_i u_i, in one pass.

    Parameters
    ----------
    components : sequence of array_like, or array_like
        The components u_i, one for each of `axis`, of one shape and as `f` of `gradient`; or an
        array whose first axis counts them. Of several types they are converted to the one that
        NumPy has for them.
    *spacing : number or array_like, optional
        As for `gradient`, in the order of `axis`; coordinates have one dimension.
    axis : int or sequence of int, optional
        The axes of space, in the order of the components: of arrays indexed [y, x] those of
        (u, v) are (1, 0). By default all axes in order; with latitudes and longitudes those
        two, east before north.
    metric : Sphere, Ellipsoid or Metric, optional
        What one unit of the coordinates measures. By default coordinates are lengths. On a
        `Sphere` and an `Ellipsoid` the last two axes have latitudes and longitudes, in
        degrees; components are along east, north and, where a third axis is among `axis`, up.
        `Metric` takes other axes, scale factors, map factors, and latitudes and longitudes of
        two dimensions. Results at a pole are the limit from the parallels beside it.
    edge_order, accuracy, boundary, missing, dtype, threads : optional
        As for `gradient`.
    out : array, optional
        Where the result goes: the shape of the components and the type of the result.

    Returns
    -------
    array
        Of the kind of the components. Tensors that require grad are differentiated by the
        transposed operator; Dask arrays stay lazy.

    Raises
    ------
    ValueError, AxisError, TypeError
        As `gradient`; components do not fit the axes, latitudes are outside of -90 to 90,
        there are no positions in degrees where the metric needs them.
    NotImplementedError
        Coordinates of several dimensions; autograd through missing samples or poles.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> y, x = np.mgrid[0:3, 0:4] * 1.0
    >>> gridgrad.divergence([x * y, y], axis=(1, 0))
    array([[1., 1., 1., 1.],
           [2., 2., 2., 2.],
           [3., 3., 3., 3.]])
    """
    return of_vector("divergence", components, spacing, keywords)[0]


@takes_keywords
def curl(components: Any, *spacing: Any, **keywords: Unpack[Keywords]) -> Any:
    """Compute the curl of a vector, in one pass.

    Along two axes it is d_0 u_1 - d_1 u_0, the vorticity of a wind; along three a vector.

    Parameters
    ----------
    components, *spacing, axis, metric, ... : optional
        As for `divergence`. Axes in right-handed order: (x, y), east and north, (x, y, z).
    out : array or tuple of arrays, optional
        Where the results go.

    Returns
    -------
    array or tuple of arrays
        An array for two axes, a tuple of three for three.

    Raises
    ------
    ValueError, AxisError, TypeError, NotImplementedError
        As `divergence`; other than two or three axes.

    Examples
    --------
    A solid body that turns has twice its angular velocity as curl:

    >>> import numpy as np
    >>> import gridgrad
    >>> y, x = np.mgrid[0:2, 0:3] * 1.0
    >>> gridgrad.curl([-y, x], axis=(1, 0))
    array([[2., 2., 2.],
           [2., 2., 2.]])
    """
    results = of_vector("curl", components, spacing, keywords)
    return results[0] if len(results) == 1 else tuple(results)


@takes_keywords
def laplacian(f: Any, *spacing: Any, **keywords: Unpack[Keywords]) -> Any:
    """Compute the Laplacian, the sum of the second derivatives, in one pass.

    Parameters
    ----------
    f : array_like, or sequence of arrays
        A scalar, as for `gradient`. A list or tuple of arrays is a vector: one component for
        each axis, of which each has its Laplacian; without a metric.
    *spacing, axis, metric, ... : optional
        As for `divergence`. `edge_order` is `accuracy` for second derivatives by default.
    out : array or tuple of arrays, optional
        Where the results go.

    Returns
    -------
    array or tuple of arrays
        A tuple, one for each component, of a vector.

    Raises
    ------
    ValueError, AxisError, TypeError, NotImplementedError
        As `divergence`; a metric with a vector.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> y, x = np.mgrid[0:4, 0:4] * 0.5
    >>> gridgrad.laplacian(x**2 + 2 * y**2, 0.5)[0]
    array([6., 6., 6., 6.])
    """
    if is_vector(f):
        return tuple(of_vector("vector_laplacian", f, spacing, keywords))
    return of_scalar("laplacian", f, spacing, keywords)[0]


@takes_keywords
def hessian(f: Any, *spacing: Any, **keywords: Unpack[Keywords]) -> Any:
    """Compute all second derivatives d_i d_j of a scalar, in one pass.

    Parameters
    ----------
    f, *spacing, axis, metric, ... : optional
        As for `laplacian`.
    out : array, optional
        Where the results go: as what is returned.

    Returns
    -------
    array
        Of shape ``(n, n, *f.shape)`` for n axes, in C order; [i, j] equals [j, i].

    Raises
    ------
    ValueError, AxisError, TypeError, NotImplementedError
        As `divergence`; a boundary with a value per line.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> y, x = np.mgrid[0:4, 0:4] * 1.0
    >>> gridgrad.hessian(x * y + y**2)[:, :, 1, 1]
    array([[2., 1.],
           [1., 0.]])
    """
    return matrix("hessian", [f], spacing, keywords, "symmetric")


@takes_keywords
def jacobian(components: Any, *spacing: Any, **keywords: Unpack[Keywords]) -> Any:
    """Compute all derivatives d_j u_i of a vector, in one pass.

    Parameters
    ----------
    components, *spacing, axis, metric, ... : optional
        As for `divergence`. With a metric it is the gradient of the vector: components turn
        with the axes, and what that adds is part of it.
    out : array, optional
        Where the results go: as what is returned.

    Returns
    -------
    array
        Of shape ``(n, n, *u.shape)`` for n axes, in C order; [i, j] is d_j u_i.

    Raises
    ------
    ValueError, AxisError, TypeError, NotImplementedError
        As `divergence`.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> y, x = np.mgrid[0:3, 0:3] * 1.0
    >>> gridgrad.jacobian([2 * x - y, 3 * y], axis=(1, 0))[:, :, 1, 1]
    array([[ 2., -1.],
           [ 0.,  3.]])
    """
    return matrix("jacobian", components_of(components), spacing, keywords, "none")


@takes_keywords
def strain_rate(components: Any, *spacing: Any, **keywords: Unpack[Keywords]) -> Any:
    """Compute the symmetric part of the gradient of a vector, (d_j u_i + d_i u_j) / 2.

    Parameters
    ----------
    components, *spacing, axis, metric, out, ... : optional
        As for `jacobian`.

    Returns
    -------
    array
        As for `jacobian`; [i, j] equals [j, i].

    Raises
    ------
    ValueError, AxisError, TypeError, NotImplementedError
        As `divergence`.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> y, x = np.mgrid[0:3, 0:3] * 1.0
    >>> gridgrad.strain_rate([2 * x - y, 3 * y], axis=(1, 0))[:, :, 1, 1]
    array([[ 2. , -0.5],
           [-0.5,  3. ]])
    """
    return matrix("strain_rate", components_of(components), spacing, keywords, "symmetric")


@takes_keywords
def rotation(components: Any, *spacing: Any, **keywords: Unpack[Keywords]) -> Any:
    """Compute the rotation of a vector, (d_i u_j - d_j u_i) / 2: angular velocities.

    Parameters
    ----------
    components, *spacing, axis, metric, out, ... : optional
        As for `jacobian`.

    Returns
    -------
    array
        As for `jacobian`; [i, j] is the angular velocity from axis i to axis j, half the curl,
        and [j, i] minus that: ``jacobian == strain_rate - rotation``.

    Raises
    ------
    ValueError, AxisError, TypeError, NotImplementedError
        As `divergence`; a single axis.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> y, x = np.mgrid[0:3, 0:3] * 1.0
    >>> gridgrad.rotation([2 * x - y, 3 * y], axis=(1, 0))[:, :, 1, 1]
    array([[ 0. ,  0.5],
           [-0.5,  0. ]])
    """
    return matrix("rotation", components_of(components), spacing, keywords, "antisymmetric")


@takes_keywords
def magnitude(f: Any, *spacing: Any, **keywords: Unpack[Keywords]) -> Any:
    """Compute the magnitude of the gradient of a scalar, in one pass.

    Parameters
    ----------
    f, *spacing, axis, metric, ... : optional
        As for `laplacian`.
    out : array, optional
        Where the result goes.

    Returns
    -------
    array
        sqrt(sum of (d_i f)^2), of the kind of `f`. Of a tensor that requires grad it is the
        norm, by torch, of the gradient.

    Raises
    ------
    ValueError, AxisError, TypeError, NotImplementedError
        As `divergence`.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> y, x = np.mgrid[0:2, 0:3] * 1.0
    >>> gridgrad.magnitude(3 * x + 4 * y)
    array([[5., 5., 5.],
           [5., 5., 5.]])
    """
    return of_scalar("magnitude", f, spacing, keywords)[0]


@takes_keywords
def directional(f: Any, direction: Any, *spacing: Any, **keywords: Unpack[Keywords]) -> Any:
    """Compute the derivative of a scalar along a direction, the sum of a_i d_i f, in one pass.

    Parameters
    ----------
    f : array_like
        As for `gradient`.
    direction : sequence of numbers or array_like
        The a_i, for each axis a number or an array that broadcasts against `f`; used as they
        are: a unit vector gives a slope, a wind gives advection but for its sign.
    *spacing, axis, metric, ... : optional
        As for `divergence`.
    out : array, optional
        Where the result goes.

    Returns
    -------
    array
        Of the kind of `f`.

    Raises
    ------
    ValueError, AxisError, TypeError, NotImplementedError
        As `divergence`.

    Examples
    --------
    >>> import numpy as np
    >>> import gridgrad
    >>> y, x = np.mgrid[0:2, 0:3] * 1.0
    >>> gridgrad.directional(3 * x + 4 * y, (0.6, 0.8), axis=(1, 0))
    array([[5., 5., 5.],
           [5., 5., 5.]])
    """
    return along_direction(f, direction, spacing, keywords)
