using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("IndustryBrain.Forecasting", "forecasting",
    Vendor = "IndustryBrain",
    Zh = "指数平滑预测",
    En = "Exponential smoothing",
    DescriptionZh = "单参数、双参数（Holt）与三参数（Holt–Winters）指数平滑，带预测区间、误差指标与滚动回测。",
    DescriptionEn = "Single, double (Holt) and triple (Holt–Winters) exponential smoothing with prediction intervals, error measures and rolling backtest.")]
