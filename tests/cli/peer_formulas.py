# peer_formulas.py: what CDO and gdaldem compute, as NumPy in double arithmetic
#
# SPDX-License-Identifier: BSD-3-Clause
"""Divergence and vorticity of CDO 2.1, whose routines are NCL's, and slope and aspect of
gdaldem 3.6: formulas, order of operations, edges and missing samples, faults included."""

import math
from typing import NamedTuple

import numpy as np

CDO_RADIUS = 6.37122e6


class Winds(NamedTuple):
    """Components on a grid of (latitude, longitude) in degrees, as stored: where a sample is
    missing stands `fill`. Latitudes ascend, longitudes too and are equally spaced."""

    eastward: np.ndarray
    northward: np.ndarray
    latitude: np.ndarray
    longitude: np.ndarray
    fill: float


def cdo_divergence(winds, bounds):
    """uv2dv_cfd, dv/dy + du/dx - v tan(latitude) / radius. Its fault: in the first row it asks
    whether the eastern neighbour in the second row is there and differences the one in the
    first, be it the fill value."""
    y = _along_latitude(winds, winds.northward)
    x = _along_longitude(winds, winds.eastward, bounds)
    there = y.there & x.there & (winds.northward != winds.fill)
    west, east = _neighbours(len(winds.longitude), _is_circle(bounds))
    has_eastward = winds.eastward != winds.fill
    there[0] = y.there[0] & has_eastward[0, west] & has_eastward[1, east]
    total = y.derivative + x.derivative - winds.northward * _tangents(winds.latitude)
    return _bounded(np.where(there, total, winds.fill), winds, bounds)


def cdo_vorticity(winds, bounds):
    """uv2vr_cfd, dv/dx - du/dy + u tan(latitude) / radius."""
    y = _along_latitude(winds, winds.eastward)
    x = _along_longitude(winds, winds.northward, bounds)
    there = y.there & x.there & (winds.eastward != winds.fill)
    total = x.derivative - y.derivative + winds.eastward * _tangents(winds.latitude)
    return _bounded(np.where(there, total, winds.fill), winds, bounds)


class _Differences(NamedTuple):
    derivative: np.ndarray
    there: np.ndarray


def _is_circle(bounds):
    return bounds in (1, 3)


def _is_one_sided(bounds):
    return bounds in (2, 3)


def _neighbours(extent, is_circle):
    """Positions on both sides; at an end that is not joined to the other one, the own."""
    here = np.arange(extent)
    if is_circle:
        return np.roll(here, 1), np.roll(here, -1)
    return np.maximum(here - 1, 0), np.minimum(here + 1, extent - 1)


def _along_latitude(winds, samples):
    south, north = _neighbours(len(winds.latitude), is_circle=False)
    spans = winds.latitude[north] - winds.latitude[south]
    scales = 1 / (CDO_RADIUS * math.radians(1) * spans)
    there = samples != winds.fill
    return _Differences((samples[north] - samples[south]) * scales[:, None],
                        there[north] & there[south])  # fmt: skip


def _along_longitude(winds, samples, bounds):
    """The first two spacings stand for all. At a pole the derivative is 0."""
    west, east = _neighbours(len(winds.longitude), _is_circle(bounds))
    spans = np.full(len(winds.longitude), winds.longitude[2] - winds.longitude[0])
    if not _is_circle(bounds):
        spans[[0, -1]] = winds.longitude[1] - winds.longitude[0]
    cosines = np.array([[math.cos(math.radians(degrees))] for degrees in winds.latitude])
    scales = 1 / (CDO_RADIUS * math.radians(1) * spans * cosines)
    scales[np.abs(winds.latitude) == 90] = 0
    there = samples != winds.fill
    return _Differences((samples[:, east] - samples[:, west]) * scales,
                        there[:, east] & there[:, west])  # fmt: skip


def _tangents(latitude):
    """tan(latitude) / radius; for a pole, that halfway to its neighbour."""
    halfway = latitude.copy()
    for pole, neighbour in [(0, 1), (-1, -2)]:
        if abs(latitude[pole]) == 90:
            halfway[pole] = (latitude[pole] + latitude[neighbour]) / 2
    return np.array([[math.tan(math.radians(degrees)) / CDO_RADIUS] for degrees in halfway])


def _bounded(result, winds, bounds):
    """What becomes of the first and last rows and columns: missing, or one-sided with the
    corners extrapolated; at a pole, the mean of what is there, all around it."""
    is_circle, is_one_sided = _is_circle(bounds), _is_one_sided(bounds)
    if not is_one_sided:
        result[[0, -1]] = winds.fill
    if not is_circle:
        result[np.ix_([0, -1], [0, -1])] = winds.fill
        if not is_one_sided:
            result[:, [0, -1]] = winds.fill
    for row in (0, -1):
        there = result[row] != winds.fill
        if abs(winds.latitude[row]) == 90 and there.any():
            # One after the other, where np.mean adds pairs.
            result[row] = np.cumsum(result[row, there])[-1] / there.sum()
    if is_one_sided and not is_circle:
        _extrapolate_corners(result, winds.fill)
    return result


def _extrapolate_corners(result, fill):
    """The mean of two straight lines, along the row and along the column."""
    for row, inwards in [(0, 1), (-1, -1)]:
        for column, onwards in [(0, 1), (-1, -1)]:
            near, far = result[row + inwards, column], result[row + 2 * inwards, column]
            close, away = result[row, column + onwards], result[row, column + 2 * onwards]
            if result[row, column] == fill and fill not in (near, far, close, away):
                result[row, column] = (2 * near - far + 2 * close - away) * 0.5


class Terrain(NamedTuple):
    """Heights from north to south and west to east, as stored. gdaldem reads them as float32;
    numbers beside `nodata`, by four units in the last place, are missing too."""

    heights: np.ndarray
    cell_width: float
    cell_height: float
    nodata: float | None = None
    compute_edges: bool = False


class Algorithm(NamedTuple):
    """Weights of three rows or columns of a window, and the divisor of their differences."""

    weights: tuple[int, int, int]
    divisor: int


HORN = Algorithm((1, 2, 1), 8)
ZEVENBERGEN_THORNE = Algorithm((0, 1, 0), 2)
GDALDEM_MISSING = np.float32(-9999)

# The functions of libm, which gdaldem calls; those of NumPy are its own.
_arctan = np.vectorize(math.atan, otypes=[float])
_arctan2 = np.vectorize(math.atan2, otypes=[float])


def gdaldem_slope(terrain, algorithm, *, scale=1.0, percent=False):
    """Differences are float32, what follows is double. Both sizes of a cell have the one scale,
    in degrees too."""
    windows = _windows(terrain)
    eastward = _eastward(windows, algorithm).astype(float) / terrain.cell_width
    southward = _southward(windows, algorithm).astype(float) / terrain.cell_height
    tangents = np.sqrt(eastward * eastward + southward * southward) / (algorithm.divisor * scale)
    slopes = 100 * tangents if percent else _arctan(tangents) * (180 / math.pi)
    return _where_computed(terrain, slopes.astype(np.float32), GDALDEM_MISSING)


def gdaldem_aspect(terrain, algorithm, *, trigonometric=False, zero_for_flat=False):
    """Direction downhill in degrees, clockwise from north, or trigonometric: counterclockwise
    from east. Its fault: the sizes of a cell do not enter, as if it were square. What is flat
    is missing, or 0 if asked for, and then everything that is missing is 0 as well."""
    windows = _windows(terrain)
    eastward = _eastward(windows, algorithm).astype(float)
    southward = _southward(windows, algorithm).astype(float)
    angles = (_arctan2(southward, -eastward) / (math.pi / 180)).astype(np.float32)
    if trigonometric:
        angles = np.where(angles < 0, angles + np.float32(360), angles)
    else:
        turns = np.where(angles > 90, np.float32(450), np.float32(90))
        angles = turns - angles
    angles[angles == 360] = 0
    missing = np.float32(0) if zero_for_flat else GDALDEM_MISSING
    angles[(eastward == 0) & (southward == 0)] = missing
    return _where_computed(terrain, angles, missing)


def _eastward(windows, algorithm):
    """Weighted sum of the eastern column less that of the western one, in float32."""
    return _weighted(windows[:, 2], algorithm) - _weighted(windows[:, 0], algorithm)


def _southward(windows, algorithm):
    return _weighted(windows[2], algorithm) - _weighted(windows[0], algorithm)


def _weighted(three, algorithm):
    """The middle one is added twice, not doubled: each addition rounds."""
    terms = [sample for sample, times in zip(three, algorithm.weights) for _ in range(times)]
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _windows(terrain):
    """The 3 x 3 samples around every one, shape (3, 3, rows, columns). Beyond the edges are
    straight lines through the last two, but beyond the first and last column of the first and
    last row the samples beside them. A missing neighbour is the own sample."""
    heights = np.asarray(terrain.heights, np.float32)
    above = _beyond(heights[0], heights[1], terrain)
    below = _beyond(heights[-1], heights[-2], terrain)
    rows = np.vstack([above, heights, below])
    left = _beyond(rows[:, 0], rows[:, 1], terrain)
    right = _beyond(rows[:, -1], rows[:, -2], terrain)
    windows = _around(np.column_stack([left, rows, right]))
    beside = _around(np.column_stack([rows[:, 0], rows, rows[:, -1]]))
    windows[:, :, [0, -1]] = beside[:, :, [0, -1]]
    return np.where(_is_missing(windows, terrain.nodata), heights, windows)


def _around(padded):
    rows, columns = padded.shape[0] - 2, padded.shape[1] - 2
    return np.array([[padded[i : i + rows, j : j + columns] for j in range(3)] for i in range(3)])


def _beyond(last, next_to_last, terrain):
    """What happens to be the missing one is one more where heights are short integers."""
    nodata = terrain.nodata
    line = 2 * last - next_to_last
    if nodata is None:
        return line
    if np.asarray(terrain.heights).dtype.name in {"uint8", "uint16", "int16"}:
        line[line == nodata] += 1
    missing = _is_missing(last, nodata) | _is_missing(next_to_last, nodata)
    return np.where(missing, np.float32(nodata), line)


def _is_missing(samples, nodata):
    if nodata is None:
        return np.zeros(samples.shape, bool)
    if np.isnan(nodata):
        return np.isnan(samples)
    nodata = np.float32(nodata)
    apart = 2 * np.finfo(np.float32).eps * np.abs(samples + nodata)
    return (samples == nodata) | (np.abs(samples - nodata) < apart)


def _where_computed(terrain, results, missing):
    """Missing are samples that are missing and, unless edges are computed, all whose window
    holds a missing one or reaches beyond the edges."""
    absent = _is_missing(np.asarray(terrain.heights, np.float32), terrain.nodata)
    if not terrain.compute_edges:
        absent = _around(np.pad(absent, 1, constant_values=True)).any(axis=(0, 1))
    return np.where(absent, missing, results)
