"""Writes HDF5 files that are no models, each by the library that people write it with.

Needs netCDF4, h5netcdf, xarray, tables, pandas, anndata, hickle, hdf5storage, loompy and h5py.
"""

import importlib.metadata

import h5py
import numpy

import common
import keras_truth

FUNCTIONS = []


def artifact(function):
    FUNCTIONS.append(function)
    return function


def save(path, library, how, variant):
    common.write_truth(
        path,
        written_by={library: importlib.metadata.version(library), "h5py": h5py.__version__},
        how=how,
        record={
            "verdict": "not-a-model", "cause": "netcdf" if variant.startswith("NetCDF") else "data",
            "format": {"id": "hdf5-other", "variant": variant},
        },
        payload=keras_truth.h5_payload(str(path)),
    )


def place(name):
    return keras_truth.place("hdf5-other", name)


@artifact
def netcdf4():
    import netCDF4

    path = place("netcdf4.nc")
    with netCDF4.Dataset(str(path), "w") as file:
        file.title = "reflectance of a test area"
        file.createDimension("y", 20)
        file.createDimension("x", 30)
        file.createVariable("red", "f4", ("y", "x"))[:] = 0.5
    save(path, "netCDF4", "netCDF4.Dataset", "NetCDF-4 file")


@artifact
def xarray_h5netcdf():
    import xarray

    path = place("xarray.nc")
    data = xarray.Dataset({"ndvi": (("time", "x"), numpy.zeros((3, 4), "float32"))}, coords={"time": [1, 2, 3]})
    data.to_netcdf(str(path), engine="h5netcdf")
    save(path, "xarray", "Dataset.to_netcdf with the engine h5netcdf", "NetCDF-4 file")


@artifact
def pytables():
    import tables

    path = place("pytables.h5")
    with tables.open_file(str(path), "w", title="spectra") as file:
        file.create_array("/", "spectra", numpy.zeros((4, 8)))
    save(path, "tables", "tables.open_file", "PyTables file")


@artifact
def pandas_store():
    import pandas

    path = place("pandas.h5")
    pandas.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]}).to_hdf(str(path), key="frame")
    save(path, "pandas", "DataFrame.to_hdf", "pandas HDFStore")


@artifact
def anndata_file():
    import anndata

    path = place("cells.h5ad")
    anndata.AnnData(numpy.zeros((5, 3), "float32")).write_h5ad(str(path))
    save(path, "anndata", "AnnData.write_h5ad", "AnnData file")


@artifact
def matlab():
    import hdf5storage

    path = place("matlab.mat")
    hdf5storage.savemat(str(path), {"X": numpy.zeros((3, 4)), "name": "scene"}, format="7.3")
    save(path, "hdf5storage", "hdf5storage.savemat with format 7.3", "MATLAB 7.3 file")


@artifact
def hickle_file():
    import hickle

    path = place("objects.hkl")
    hickle.dump({"weights": numpy.zeros(5)}, str(path), mode="w")
    save(path, "hickle", "hickle.dump", "hickle file of Python objects")


@artifact
def loom():
    import loompy

    path = place("genes.loom")
    loompy.create(str(path), numpy.zeros((3, 4)), {"Gene": numpy.array(["a", "b", "c"])}, {"Cell": numpy.arange(4)})
    save(path, "loompy", "loompy.create", "Loom file")


@artifact
def hdfeos():
    path = place("modis.he5")
    with h5py.File(str(path), "w") as file:
        text = 'GROUP=SwathStructure\nEND_GROUP=SwathStructure\nGROUP=GridStructure\nEND_GROUP=GridStructure\nEND\n'
        group = file.create_group("HDFEOS INFORMATION")
        group.attrs["HDFEOSVersion"] = numpy.bytes_("HDFEOS_5.1.15")
        group["StructMetadata.0"] = numpy.bytes_(text)
        file.create_dataset("HDFEOS/GRIDS/grid/Data Fields/ndvi", data=numpy.zeros((4, 4), "i2"))
    save(path, "h5py", "the groups of an HDF-EOS5 product, by h5py", "HDF-EOS5 product")


@artifact
def product():
    path = place("product.h5")
    with h5py.File(str(path), "w") as file:
        file.attrs["short_name"] = "VNP09GA"
        file.attrs["ProductionTime"] = "2026-01-01"
        file.create_dataset("bands/I1", data=numpy.zeros((8, 8), "u2"))
    save(path, "h5py", "an Earth-observation product's attributes, by h5py", "Earth-observation product")


@artifact
def plain():
    path = place("plain.h5")
    with h5py.File(str(path), "w") as file:
        file["patches"] = numpy.zeros((10, 8, 8), "uint8")
        file["labels"] = numpy.zeros(10, "int64")
    save(path, "h5py", "two datasets, by h5py", "HDF5 file")


@artifact
def no_links():
    path = place("empty_file.h5")
    h5py.File(str(path), "w").close()
    save(path, "h5py", "nothing but the root, by h5py", "HDF5 file")


@artifact
def newest_layout():
    path = place("newest_layout.h5")
    with h5py.File(str(path), "w", libver="v200") as file:
        file.create_dataset("kernel", data=numpy.zeros((4, 4), "float32"), chunks=(2, 2), compression="gzip")
    common.write_truth(
        path,
        written_by={"h5py": h5py.__version__, "HDF5": h5py.version.hdf5_version},
        how="a dataset in compressed chunks, in the newest form that HDF5 2.0 writes",
        record={"verdict": "failed", "format": {"id": "hdf5-other"}, "error": {"reason": "malformed"}},
    )


if __name__ == "__main__":
    common.run_all(FUNCTIONS, common.start(__doc__).names)
