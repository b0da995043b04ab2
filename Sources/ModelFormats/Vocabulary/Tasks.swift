/// `mlm:tasks`.
package enum Tasks {
    /// The 14 names that the schema of MLM v1.5.2 accepts.
    package static let all = [
        "regression", "classification", "scene-classification", "detection", "object-detection", "segmentation",
        "semantic-segmentation", "instance-segmentation", "panoptic-segmentation", "similarity-search", "generative",
        "image-captioning", "super-resolution", "downscaling",
    ]
}
