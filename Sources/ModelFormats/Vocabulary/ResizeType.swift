/// `resize_type` of MLM by the name that image libraries give an interpolation.
enum ResizeType {
    static func named(_ interpolation: String?) -> String? {
        switch interpolation {
        case "bicubic": "interpolation-cubic"
        case "bilinear": "interpolation-linear"
        case "nearest": "interpolation-nearest"
        default: nil
        }
    }
}
