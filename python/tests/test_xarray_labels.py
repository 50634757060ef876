# test_xarray_labels.py: the labels of gradients
#
# SPDX-License-Identifier: BSD-3-Clause

import itertools

import netCDF4
import numpy as np
import pytest
import xarray as xr

import gridgrad.xarray  # noqa: F401
from labelled_fields import assert_same_bits, line, temperature


def test_dims_and_coordinates_are_those_of_the_field():
    for dims in itertools.permutations(("time", "lat", "lon")):
        f = temperature().transpose(*dims)

        slope = f.gridgrad.derivative("lat")

        assert slope.dims == dims
        xr.testing.assert_identical(slope.coords.to_dataset(), f.coords.to_dataset())
        assert_same_bits(slope, temperature().gridgrad.derivative("lat").transpose(*dims))


def test_attributes_are_kept_dropped_and_composed():
    f = temperature()
    f.attrs |= dict.fromkeys(
        [
            "long_name",
            "scale_factor",
            "add_offset",
            "valid_min",
            "valid_max",
            "valid_range",
            "actual_range",
            "cell_methods",
            "flag_values",
            "flag_masks",
            "flag_meanings",
            "ancillary_variables",
            "_Unsigned",
            "_FillValue",
            "missing_value",
        ],
        "not the derivative's",
    )
    f.attrs |= {"comment": "kept", "grid_mapping": "crs", "standard_name": "air_temperature"}
    f["lat"].attrs["standard_name"] = "latitude"

    slopes = f.gridgrad.gradient("lat", "lon")

    assert slopes["dT_dlat"].attrs == {
        "long_name": "derivative of air_temperature with respect to latitude",
        "units": "K degrees_north-1",
        "comment": "kept",
        "grid_mapping": "crs",
    }
    assert slopes["dT_dlon"].long_name == "derivative of air_temperature with respect to lon"
    assert slopes.attrs == {}


def test_higher_derivatives_are_named_and_have_units():
    f = temperature()
    for order, ordinal in enumerate(["second", "third", "fourth", "fifth"], start=2):
        ours = f.gridgrad.derivative("lat", derivative=order, edge_order=1)

        assert ours.name == f"d{order}T_dlat{order}"
        assert ours.long_name == f"{ordinal} derivative of T with respect to lat"
        assert ours.units == f"K degrees_north-{order}"


@pytest.mark.parametrize(
    "field, along, expected",
    [("K", "m", "K m-1"), ("K", "m s-1", "K (m s-1)-1"), ("1", "m", "m-1"), ("K", "1", "K"),
     ("K", "hours since 1970-01-01", "K hour-1"), ("K", None, None), (None, "m", None)],
)  # fmt: skip
def test_units_are_composed_from_both(field, along, expected):
    f = line([0.0, 1, 4], ("x", [0.0, 1, 2], {"units": along}), units=field)

    assert f.gridgrad.derivative("x").attrs.get("units") == expected


@pytest.mark.parametrize("dim, name", [("x", None), ("высота", "température moyenne"), ("a b", 7)])
def test_names_may_be_anything(dim, name):
    f = xr.DataArray([0.0, 1, 4], {dim: [0, 1, 2]}, [dim], name)
    said = "f" if name is None else name

    slope = f.gridgrad.derivative(dim)

    assert slope.name == f"d{said}_d{dim}"
    assert slope.long_name == f"derivative of {said} with respect to {dim}"


@pytest.mark.parametrize("decode_coords", [True, "all"])
def test_written_to_a_file_results_are_not_packed(tmp_path, decode_coords):
    f = temperature().assign_attrs(grid_mapping="crs").drop_vars("zone")
    packing = {"dtype": "i2", "scale_factor": 0.01, "add_offset": 50.0, "_FillValue": -1}
    xr.Dataset({"T": f, "crs": 0}).to_netcdf(tmp_path / "in.nc", encoding={"T": packing})
    with xr.open_dataset(tmp_path / "in.nc", decode_coords=decode_coords) as dataset:
        slopes = dataset.gridgrad.gradient("lat")

        slopes.to_netcdf(tmp_path / "out.nc")

    with netCDF4.Dataset(tmp_path / "out.nc") as file:
        variable = file["dT_dlat"]
        assert not {"scale_factor", "add_offset"} & set(variable.ncattrs())
        assert variable.grid_mapping in file.variables
        assert_same_bits(np.ma.getdata(variable[:]), slopes["dT_dlat"])
