/// Which packages modules come from.
enum PythonPackages {
    /// Packages, as pip spells them, that hold the top-level modules of these names, sorted. A module that is of no
    /// package known here stands for itself.
    static func needed(by names: [String]) -> [String] {
        Set(modules(of: names).map { distribution(of: $0) ?? $0 }).sorted()
    }

    /// As above, and says which of them are of no package that is known.
    static func needed(by names: [String], into result: inout ProbeResult) -> [String] {
        let unknown = modules(of: names).filter { distribution(of: $0) == nil }
        if !unknown.isEmpty {
            let list = ShortList.text(unknown)
            result.report(
                .note, code: "python.unknown-module",
                "no known package provides \(list): it may be a private module, and a public package of that name "
                    + "something else")
        }
        return needed(by: names)
    }

    /// The package that has this top-level module; nil when none is known.
    static func distribution(of module: String) -> String? {
        renamed[module] ?? ModelPackage.distribution(of: module) ?? (packages.contains(module) ? module : nil)
    }

    /// Top-level modules that are not Python's or torch's own, sorted.
    private static func modules(of names: [String]) -> [String] {
        let tops = names.compactMap { name -> String? in
            // A name alone, as of a class that nobody knows where it is from, is no module.
            guard !name.utf8.contains(UInt8(ascii: " ")), let dot = name.firstIndex(of: ".") else { return nil }
            return String(name[..<dot])
        }
        return Set(tops).filter { !StandardLibrary.has($0) && !own.contains($0) && PythonName.isPlain($0, "x") }
            .sorted()
    }

    /// torch and what is installed with it.
    private static let own: Set<String> = ["torch", "functorch", "torchgen"]

    /// Modules whose package has another name.
    private static let renamed: [String: String] = [
        "PIL": "pillow",
        "absl": "absl-py",
        "alibi_detect": "alibi-detect",
        "attr": "attrs",
        "category_encoders": "category-encoders",
        "comet_ml": "comet-ml",
        "cv2": "opencv-python",
        "dateutil": "python-dateutil",
        "dotenv": "python-dotenv",
        "dynamic_network_architectures": "dynamic-network-architectures",
        "efficientnet_pytorch": "efficientnet-pytorch",
        "ensemble_boxes": "ensemble-boxes",
        "eogrow": "eo-grow",
        "eolearn": "eo-learn",
        "faiss": "faiss-cpu",
        "fbgemm_gpu": "fbgemm-gpu",
        "feature_engine": "feature-engine",
        "gin": "gin-config",
        "groundingdino": "groundingdino-py",
        "haiku": "dm-haiku",
        "keras_cv": "keras-cv",
        "keras_hub": "keras-hub",
        "keras_nlp": "keras-nlp",
        "keras_rs": "keras-rs",
        "keras_tuner": "keras-tuner",
        "huggingface_hub": "huggingface-hub",
        "hummingbird": "hummingbird-ml",
        "hydra": "hydra-core",
        "imblearn": "imbalanced-learn",
        "kornia_rs": "kornia-rs",
        "lightning_fabric": "lightning-fabric",
        "mace": "mace-torch",
        "minisom": "MiniSom",
        "ml_collections": "ml-collections",
        "mmseg": "mmsegmentation",
        "nemo": "nemo-toolkit",
        "netCDF4": "netcdf4",
        "open_clip": "open-clip-torch",
        "osgeo": "gdal",
        "past": "future",
        "perceiver_pytorch": "perceiver-pytorch",
        "pkg_resources": "setuptools",
        "plum": "plum-dispatch",
        "pyannote": "pyannote.audio",
        "pycrfsuite": "python-crfsuite",
        "pydantic_core": "pydantic-core",
        "pyro": "pyro-ppl",
        "pytorch_forecasting": "pytorch-forecasting",
        "pytorch_lightning": "pytorch-lightning",
        "pytorch_metric_learning": "pytorch-metric-learning",
        "pytorch_msssim": "pytorch-msssim",
        "pytorch_tabnet": "pytorch-tabnet",
        "pytorch_wavelets": "pytorch-wavelets",
        "pytorch_widedeep": "pytorch-widedeep",
        "pywt": "PyWavelets",
        "rotary_embedding_torch": "rotary-embedding-torch",
        "sb3_contrib": "sb3-contrib",
        "segment_anything": "segment-anything",
        "segmentation_models_pytorch": "segmentation-models-pytorch",
        "sentence_transformers": "sentence-transformers",
        "skimage": "scikit-image",
        "sklearn": "scikit-learn",
        "sklearn_crfsuite": "sklearn-crfsuite",
        "sklearn_pandas": "sklearn-pandas",
        "sklearnex": "scikit-learn-intelex",
        "skmultilearn": "scikit-multilearn",
        "skopt": "scikit-optimize",
        "sksurv": "scikit-survival",
        "stable_baselines3": "stable-baselines3",
        "surprise": "scikit-surprise",
        "tensorflow_addons": "tensorflow-addons",
        "tensorflow_decision_forests": "tensorflow-decision-forests",
        "tensorflow_hub": "tensorflow-hub",
        "tensorflow_probability": "tensorflow-probability",
        "tensorflow_text": "tensorflow-text",
        "tf": "tensorflow",
        "torch_cluster": "torch-cluster",
        "torch_ema": "torch-ema",
        "torch_geometric": "torch-geometric",
        "torch_scatter": "torch-scatter",
        "torch_sparse": "torch-sparse",
        "torch_spline_conv": "torch-spline-conv",
        "typing_extensions": "typing-extensions",
        "umap": "umap-learn",
        "vit_pytorch": "vit-pytorch",
        "whisper": "openai-whisper",
        "x_transformers": "x-transformers",
        "xarray_einstats": "xarray-einstats",
        "yaml": "pyyaml",
    ]

    /// Modules that are packages of the same name.
    private static let packages = Set(
        words: """
            MinkowskiEngine SimpleITK accelerate addict albumentations annoy anomalib arviz ase asteroid \
            attrs autoawq autogluon batchgenerators bentoml bitarray bitsandbytes boto3 botorch catboost \
            causalml chemprop chex clearml click cloudpickle combo creme cudf cuml cupy daal4py darts dask \
            datasets dateparser deap deepchem detectron2 dgl diffusers dill distributed docopt e3nn easydict \
            effdet einops eli5 espnet evaluate fairseq fancyimpute fastai fastcore fastprogress \
            fasttransform flaml flax future fvcore geffnet gensim geopandas gluonts gplearn gpytorch gym \
            gymnasium h2o h5py hyperopt igraph imgaug implicit iopath jax jaxlib joblib kornia librosa \
            lightfm lightgbm lightning lime llvmlite loguru lpips m2cgen mapie matgl matplotlib medpy mlflow \
            mmcls mmcv mmdet mmengine mmpose mmpretrain mmrotate monai mord multimethod narwhals neptune \
            networkx neuralprophet nibabel nltk nnunet nnunetv2 numba numpy nyoka omegaconf onnx onnxruntime \
            openpyxl optax optuna packaging pandas patsy peft piq plotly polars pooch pretrainedmodels \
            prophet ptflops pyarrow pycaret pycocotools pydantic pymatgen pymc pyod pyproj pyspark pythae \
            pytz quanto rasterio ray rdkit regex requests rich rioxarray river safetensors sam2 satpy scipy \
            seaborn sentencepiece sentinelhub setuptools shap shapely six skl2onnx sklearn2pmml skorch \
            sktime soundfile spacecutter spacy spconv speechbrain spyndex statsmodels sympy tables tabpfn \
            tensorboard tensorboardX tensordict tensorflow terratorch textblob thop threadpoolctl timm \
            tokenizers torchao torchaudio torchdata torchdiffeq torchgeo torchio torchmetrics torchrec \
            torchrl torchsde torchtext torchvision torchxrayvision tpot tqdm transformers tsai tslearn \
            tzlocal ultralytics unidecode wandb xarray xformers xgboost xlrd yacs yolov5 yolox zarr
            """)
}
